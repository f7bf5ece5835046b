package dev.lockstep.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HostSeatingTest {

  @Property
  void each_host_has_as_many_workers_as_another_or_one_more(
      @ForAll @IntRange(min = 1, max = 70) int workers,
      @ForAll @IntRange(min = 1, max = 70) int tasks,
      @ForAll long places) {
    int hosts = Math.min(workers, tasks);
    int[] dealt =
        HostSeating.deal(
            workers, hosts, (worker, host) -> (places >> (worker * 7 + host)) % 2 != 0);

    assertThat(dealt).hasSize(workers);
    long[] load =
        IntStream.range(0, hosts).mapToLong(h -> count(dealt, h)).sorted().distinct().toArray();
    assertThat(load[0]).isEqualTo(workers / hosts);
    assertThat(load[load.length - 1] - load[0]).isLessThanOrEqualTo(1);
  }

  private static long count(int[] dealt, int host) {
    return Arrays.stream(dealt).filter(h -> h == host).count();
  }

  @Test
  void workers_are_where_their_examples_are_if_there_is_room() {
    int[] examples = {1, 1, 1, 0, 2};

    assertThat(HostSeating.deal(5, 3, (worker, host) -> examples[worker] == host))
        .containsExactly(1, 1, 0, 0, 2);
  }
}
