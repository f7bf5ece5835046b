package dev.lockstep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.bench.ReportingBench.Cost;
import dev.lockstep.bench.ReportingBench.Pair;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportingBenchTest {
  @Test
  void trainings_are_compared_pair_by_pair() {
    // The machine was three times as slow in the last pair.
    Cost cost = Cost.of(List.of(new Pair(4, 5, 0.5), new Pair(8, 8, 0.4), new Pair(24, 28, 7)));

    assertThat(cost).isEqualTo(new Cost(8, 8, 28.0 / 24, 0.1));
  }
}
