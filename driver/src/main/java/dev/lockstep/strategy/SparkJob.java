package dev.lockstep.strategy;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;

/** Jobs that do not wait for ever for executors. */
final class SparkJob {
  private static final long LOOK_MILLIS = 100;

  private SparkJob() {}

  /**
   * Runs a job for the elements of an RDD.
   *
   * @param watch looked at while the job runs; what it throws cancels the job
   * @throws JobFailure if Spark gives up
   */
  static <R> List<R> collect(JavaRDD<R> elements, SlotWatch watch) {
    JavaFutureAction<List<R>> job = elements.collectAsync();
    try {
      while (true) {
        try {
          return job.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          watch.run();
        }
      }
    } catch (ExecutionException e) {
      throw new JobFailure(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while a job ran", e);
    } finally {
      if (!job.isDone()) {
        job.cancel(true);
      }
    }
  }
}
