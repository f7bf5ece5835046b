package dev.lockstep.predict.plan;

import dev.lockstep.predict.PredictionProgress;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.spark.util.LongAccumulator;

/**
 * Tells of what tasks have counted, some times a second.
 *
 * @param counted examples that this run has done
 */
record ProgressClock(PredictionProgress progress, LongAccumulator counted) {
  private static final long MILLIS = 200;

  /**
   * Ticks while something runs.
   *
   * @param examples how many there are
   * @param before how many of them an earlier run has done
   */
  <T> T during(long examples, long before, Supplier<T> run) {
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    progress.started(examples, before);
    clock.scheduleWithFixedDelay(
        () -> progress.done(before + counted.value()), MILLIS, MILLIS, TimeUnit.MILLISECONDS);
    try {
      return run.get();
    } finally {
      stop(clock);
      progress.ended();
    }
  }

  private static void stop(ScheduledExecutorService clock) {
    clock.shutdown();
    try {
      clock.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
