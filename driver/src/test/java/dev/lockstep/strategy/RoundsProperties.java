package dev.lockstep.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RoundsProperties {
  @Property
  void rounds_have_their_length_but_at_the_end_and_none_is_short(
      @ForAll @IntRange(min = 1, max = 200) int length,
      @ForAll @IntRange(min = 1, max = 5_000) int slots) {
    List<Long> rounds = rounds(length, slots);

    assertThat(rounds.stream().mapToLong(Long::longValue).sum()).isEqualTo(slots);
    assertThat(rounds).allMatch(round -> round <= length);
    assertThat(rounds.subList(0, Math.max(0, rounds.size() - 2)))
        .allMatch(round -> round == length);
    if (rounds.size() > 1) {
      assertThat(rounds.get(rounds.size() - 1)).isGreaterThan(Math.min(4, length / 4));
      assertThat(rounds.get(rounds.size() - 2)).isGreaterThanOrEqualTo(length / 2);
    }
  }

  @Property
  void common_ends_are_ends_here_and_in_longer_runs(
      @ForAll @IntRange(min = 1, max = 200) int length,
      @ForAll @IntRange(min = 1, max = 5_000) int slots,
      @ForAll @IntRange(min = 0, max = 5_000) int slot) {
    long common = new Rounds(length, slots).commonEnd(slot);

    if (common <= slots) {
      assertThat(new Rounds(length, slots).end(slot)).isEqualTo(common);
      assertThat(new Rounds(length, Long.MAX_VALUE).end(slot)).isEqualTo(common);
    }
  }

  private static List<Long> rounds(int length, long slots) {
    List<Long> rounds = new ArrayList<>();
    for (long slot = 0; slot < slots; ) {
      long end = Math.min(slots, new Rounds(length, slots).end(slot));
      rounds.add(end - slot);
      slot = end;
    }
    return rounds;
  }
}
