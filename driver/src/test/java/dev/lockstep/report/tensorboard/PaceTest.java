package dev.lockstep.report.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.strategy.WorkerTime;
import dev.lockstep.train.RoundReport;
import dev.lockstep.train.RoundTime;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final RoundTime TIME = new RoundTime(0, List.of(WorkerTime.NONE));

  @Test
  void a_slow_run_has_so_many_times_evenly() {
    assertThat(dueSteps(10)).containsExactly(100L, 350L, 600L, 850L);
  }

  @Test
  void a_fast_run_has_fewer() {
    assertThat(dueSteps(0.01)).containsExactly(100L, 600L);
  }

  /** Of a run of a thousand steps that displays each fifty, the first at 100. */
  private static List<Long> dueSteps(double secondsAStep) {
    Pace pace = new Pace(4, 5);
    return LongStream.rangeClosed(2, 20)
        .map(display -> 50 * display)
        .filter(
            step -> pace.due(new RoundReport(1, step, 1000, 1, 1, 1, step * secondsAStep, TIME)))
        .boxed()
        .toList();
  }
}
