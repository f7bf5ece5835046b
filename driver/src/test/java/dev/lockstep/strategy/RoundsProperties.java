package dev.lockstep.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RoundsProperties {
  @Property
  void all_rounds_but_the_last_have_the_length_and_the_last_is_not_short(
      @ForAll @IntRange(min = 1, max = 200) int length,
      @ForAll @IntRange(min = 1, max = 5_000) int slots) {
    List<Long> rounds = rounds(length, slots);
    long last = rounds.remove(rounds.size() - 1);

    assertThat(rounds).allMatch(round -> round == length);
    assertThat(last).isLessThanOrEqualTo(length + Math.min(4, length / 4));
    if (!rounds.isEmpty()) {
      assertThat(last).isGreaterThan(Math.min(4, length / 4));
    }
    assertThat((long) rounds.size() * length + last).isEqualTo(slots);
  }

  @Property
  void the_end_of_a_round_that_is_not_the_last_is_that_of_a_longer_run(
      @ForAll @IntRange(min = 1, max = 200) int length,
      @ForAll @IntRange(min = 1, max = 5_000) int slots,
      @ForAll @IntRange(min = 0, max = 5_000) int slot) {
    long end = new Rounds(length, slots).end(slot);

    if (end <= slots) {
      assertThat(end).isEqualTo(new Rounds(length, Long.MAX_VALUE).end(slot));
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
