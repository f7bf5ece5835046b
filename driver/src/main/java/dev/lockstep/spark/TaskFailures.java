package dev.lockstep.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Remembers why tasks failed, since of a failed barrier stage Spark tells in text only. */
public final class TaskFailures extends SparkListener implements AutoCloseable {
  private final JavaSparkContext spark;
  private final List<Throwable> failures = new ArrayList<>();

  /** From now on. */
  public TaskFailures(JavaSparkContext spark) {
    this.spark = spark;
    spark.sc().addSparkListener(this);
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.reason() instanceof ExceptionFailure failure && failure.exception().isDefined()) {
      failures.add(failure.exception().get());
    }
  }

  /** Those since this was last called; none if Spark does not tell in time. */
  public List<Throwable> take() {
    try {
      spark.sc().listenerBus().waitUntilEmpty();
    } catch (TimeoutException e) {
      return List.of();
    }
    synchronized (this) {
      List<Throwable> taken = List.copyOf(failures);
      failures.clear();
      return taken;
    }
  }

  @Override
  public void close() {
    spark.sc().removeSparkListener(this);
  }
}
