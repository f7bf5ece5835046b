package dev.lockstep.report;

import dev.lockstep.data.ReadCount;
import dev.lockstep.spark.TaskCounts;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;

/** How much of the data is read before it is trained: a line about each ten seconds. */
public final class ReadProgress {
  private static final double NANOS = 1e9;

  private final Console console;
  private final long total;
  private final long startedAt = System.nanoTime();

  private ReadProgress(Console console, long total) {
    this.console = console;
    this.total = total;
  }

  /**
   * Watches while data is read.
   *
   * @param total how many examples there are
   */
  public static <T> T during(
      JavaSparkContext spark, Console console, long total, Supplier<T> work) {
    return TaskCounts.during(spark, ReadCount.NAME, new ReadProgress(console, total)::show, work);
  }

  private void show(long read) {
    if (read == 0 || System.nanoTime() - startedAt < Terminal.SILENCE_NANOS) {
      return;
    }
    double left = (System.nanoTime() - startedAt) / NANOS / read * Math.max(0, total - read);
    console.progress(
        "reading",
        Map.of("done", read, "total", total, "secondsLeft", left),
        "reading  %s of %s examples  %s left"
            .formatted(Figures.count(read), Figures.count(total), Figures.duration(left)));
  }
}
