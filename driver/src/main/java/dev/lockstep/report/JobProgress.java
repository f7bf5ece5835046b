package dev.lockstep.report;

import dev.lockstep.spark.SparkJob;
import java.util.Map;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.apache.spark.Success$;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * How far a command has come whose work is Spark jobs: tasks done, of those of the jobs so far. A
 * bar on a terminal, elsewhere a line every few seconds.
 */
public final class JobProgress extends SparkListener {
  private static final double NANOS = 1e9;

  private final JavaSparkContext spark;
  private final Console console;
  private final String name;
  private final long startedAt = System.nanoTime();
  private final ProgressBar bar;
  private long toldAt = startedAt;
  private long done;
  private long total;

  private JobProgress(JavaSparkContext spark, Console console, String name) {
    this.spark = spark;
    this.console = console;
    this.name = name;
    bar =
        console.showsBar()
            ? new ProgressBarBuilder()
                .setTaskName(name)
                .setUnit(" tasks", 1)
                .showSpeed()
                .setConsumer(new ConsoleProgressBarConsumer(System.err, 110))
                .clearDisplayOnFinish()
                .build()
            : null;
  }

  /**
   * Watches while something is done.
   *
   * @param name of what is done
   */
  public static <T> T during(
      JavaSparkContext spark, Console console, String name, Supplier<T> work) {
    JobProgress progress = new JobProgress(spark, console, name);
    spark.sc().addSparkListener(progress);
    try {
      return work.get();
    } finally {
      progress.close();
    }
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart job) {
    total += SparkJob.tasks(job);
    show();
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd task) {
    if (task.reason() == Success$.MODULE$) {
      done++;
      show();
    }
  }

  private void show() {
    if (bar != null) {
      bar.maxHint(total);
      bar.stepTo(done);
    } else if (System.nanoTime() - toldAt > Terminal.SILENCE_NANOS) {
      toldAt = System.nanoTime();
      double left = (toldAt - startedAt) / NANOS / Math.max(done, 1) * (total - done);
      console.progress(
          "tasks",
          Map.of("of", name, "done", done, "total", total, "secondsLeft", left),
          "%s  %s of %s tasks  %s left"
              .formatted(name, Figures.count(done), Figures.count(total), Figures.duration(left)));
    }
  }

  private void close() {
    spark.sc().removeSparkListener(this);
    if (bar != null) {
      bar.close();
    }
  }
}
