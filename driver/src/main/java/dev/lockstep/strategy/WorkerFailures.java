package dev.lockstep.strategy;

import dev.lockstep.collective.CollectiveException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Remembers why tasks failed, since of a failed barrier stage Spark tells in text only. */
final class WorkerFailures extends SparkListener implements AutoCloseable {
  private final JavaSparkContext spark;
  private final List<Throwable> failures = new ArrayList<>();

  WorkerFailures(JavaSparkContext spark) {
    this.spark = spark;
    spark.sc().addSparkListener(this);
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.reason() instanceof ExceptionFailure failure && failure.exception().isDefined()) {
      failures.add(failure.exception().get());
    }
  }

  /**
   * The first failure since this was last called that another worker's did not cause, or else the
   * first.
   */
  Optional<Throwable> take() {
    try {
      spark.sc().listenerBus().waitUntilEmpty();
    } catch (TimeoutException e) {
      return Optional.empty();
    }
    synchronized (this) {
      Optional<Throwable> first =
          failures.stream()
              .filter(failure -> !(failure instanceof CollectiveException))
              .findFirst()
              .or(() -> failures.stream().findFirst());
      failures.clear();
      return first;
    }
  }

  @Override
  public void close() {
    spark.sc().removeSparkListener(this);
  }
}
