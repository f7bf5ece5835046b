package dev.lockstep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.bench.Benchmark.Result;
import dev.lockstep.bench.Contender.Measured;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchmarkTest {
  private final List<String> ran = new ArrayList<>();

  @Test
  void contenders_take_turns_and_medians_leave_out_the_warm_up() {
    List<Result> results =
        Benchmark.run(
            List.of(contender("ours", 90, 2, 4, 3), contender("theirs", 90, 60, 20, 30)),
            1000,
            3,
            line -> {});

    assertThat(ran)
        .containsExactly("ours", "theirs", "ours", "theirs", "ours", "theirs", "ours", "theirs");
    // Each training is of two epochs.
    assertThat(results)
        .containsExactly(
            new Result("ours", 3, 1.5, 1000 / 1.5, 0.9, 1),
            new Result("theirs", 30, 15, 1000 / 15.0, 0.9, 10));
  }

  @Test
  void progress_names_round_and_contender() {
    List<String> lines = new ArrayList<>();

    Benchmark.run(List.of(contender("ours", 90, 2)), 1000, 1, lines::add);

    assertThat(lines)
        .containsExactly("warm-up  ours  45.000 s an epoch", "round 1/1  ours  1.000 s an epoch");
  }

  private Contender contender(String name, double... seconds) {
    Iterator<Double> times = Arrays.stream(seconds).iterator();
    return new Contender(
        name,
        () -> {
          ran.add(name);
          return new Measured(times.next(), 2, 0.9);
        });
  }
}
