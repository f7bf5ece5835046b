package dev.lockstep.data.prepare;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/**
 * Tasks that run since a job began. When a job fails Spark does not wait for its other tasks, which
 * could write into a folder that is being removed.
 */
final class RunningTasks extends SparkListener {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final JavaSparkContext spark;
  private final Set<Long> running = new HashSet<>();

  RunningTasks(JavaSparkContext spark) {
    this.spark = spark;
    spark.sc().addSparkListener(this);
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart start) {
    running.add(start.taskInfo().taskId());
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    running.remove(end.taskInfo().taskId());
    notifyAll();
  }

  /** Waits until all have ended, though not for ever, and watches no more. */
  void await() {
    try {
      spark.sc().listenerBus().waitUntilEmpty();
      awaitNone();
    } catch (TimeoutException e) {
      // Whatever still writes is removed by the next run.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      spark.sc().removeSparkListener(this);
    }
  }

  private synchronized void awaitNone() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    for (long left = PATIENCE_NANOS;
        !running.isEmpty() && left > 0;
        left = deadline - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
