package dev.lockstep.spark;

import dev.lockstep.data.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.StageInfo;

/** Jobs that do not wait for ever for executors. */
public final class SparkJob {
  private static final long LOOK_MILLIS = 100;

  private SparkJob() {}

  /** For how long a run waits for any executor at all, before it ends. */
  public static Duration patience(JavaSparkContext spark) {
    return TaskSlots.patience(spark);
  }

  /**
   * Runs a job for the elements of an RDD, on whatever executors there are.
   *
   * @param patience for how long there may be none
   * @throws ClusterException if there is none for longer
   * @throws JobFailure if Spark gives up
   */
  public static <R> List<R> collect(
      JavaSparkContext spark, JavaRDD<R> elements, Duration patience) {
    return collect(elements, new TaskSlots(spark).watchForAny(patience));
  }

  /**
   * Runs a job for the elements of an RDD.
   *
   * @param watch looked at while the job runs; what it throws cancels the job
   * @throws JobFailure if Spark gives up
   */
  public static <R> List<R> collect(JavaRDD<R> elements, Runnable watch) {
    return Transport.collect(
        elements,
        new Transport.Job() {
          @Override
          public <S> List<S> collect(JavaRDD<S> sent) {
            return await(sent, watch);
          }
        });
  }

  private static <R> List<R> await(JavaRDD<R> elements, Runnable watch) {
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

  /** How many tasks the stages of a job have that begins. */
  public static long tasks(SparkListenerJobStart job) {
    return ScalaLists.of(job.stageInfos()).stream().mapToLong(StageInfo::numTasks).sum();
  }
}
