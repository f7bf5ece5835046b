package dev.lockstep.report;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * How many tasks of Spark's jobs are done: a bar on a terminal, elsewhere a line each ten seconds.
 */
public final class JobProgress extends SparkListener {
  private static final long LINE_EVERY = TimeUnit.SECONDS.toNanos(10);

  private final SparkContext spark;
  private final String name;
  private final PrintWriter out;
  private final ProgressBar bar;
  private long done;
  private long total;
  private long lastLine = System.nanoTime();

  private JobProgress(JavaSparkContext spark, String name, PrintWriter out, Terminal terminal) {
    this.spark = spark.sc();
    this.name = name;
    this.out = out;
    bar =
        terminal == Terminal.PLAIN
            ? null
            : new ProgressBarBuilder()
                .setTaskName(name)
                .setUnit(" tasks", 1)
                .setInitialMax(0)
                .clearDisplayOnFinish()
                .setConsumer(new ConsoleProgressBarConsumer(System.err, 110))
                .build();
  }

  /** Shows what Spark does for some work. */
  public static <T> T watch(
      JavaSparkContext spark, String name, PrintWriter out, Supplier<T> work) {
    JobProgress progress = new JobProgress(spark, name, out, Terminal.detect());
    spark.sc().addSparkListener(progress);
    try {
      return work.get();
    } finally {
      progress.end();
    }
  }

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted stage) {
    total += stage.stageInfo().numTasks();
    if (bar != null) {
      bar.maxHint(total);
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd task) {
    if (!task.taskInfo().successful()) {
      return;
    }
    done++;
    if (bar != null) {
      bar.stepTo(done);
    } else if (System.nanoTime() - lastLine > LINE_EVERY) {
      out.println(
          "%s: %s of %s tasks so far".formatted(name, Figures.count(done), Figures.count(total)));
      lastLine = System.nanoTime();
    }
  }

  private void end() {
    spark.removeSparkListener(this);
    if (bar != null) {
      bar.close();
    }
  }
}
