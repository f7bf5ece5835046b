package dev.lockstep.spark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.apache.spark.Success$;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * What tasks have counted so far in accumulators of a name: told with each heartbeat of an
 * executor, thus about each ten seconds; tasks that fail are taken off again.
 */
public final class TaskCounts extends SparkListener {
  private final String accumulator;
  private final LongConsumer told;
  private final Map<Long, Long> counts = new ConcurrentHashMap<>();

  private TaskCounts(String accumulator, LongConsumer told) {
    this.accumulator = accumulator;
    this.told = told;
  }

  /**
   * Listens while something is done.
   *
   * @param told the sum over all tasks, on a thread of Spark's
   */
  public static <T> T during(
      JavaSparkContext spark, String accumulator, LongConsumer told, Supplier<T> work) {
    TaskCounts counts = new TaskCounts(accumulator, told);
    spark.sc().addSparkListener(counts);
    try {
      return work.get();
    } finally {
      spark.sc().removeSparkListener(counts);
    }
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate heartbeat) {
    ScalaLists.of(heartbeat.accumUpdates())
        .forEach(task -> ScalaLists.of(task._4()).forEach(info -> note((Long) task._1(), info)));
    told.accept(counts.values().stream().mapToLong(Long::longValue).sum());
  }

  private void note(long task, AccumulableInfo info) {
    if (info.name().contains(accumulator) && info.update().isDefined()) {
      counts.put(task, (Long) info.update().get());
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    if (task.reason() != Success$.MODULE$) {
      counts.remove(task.taskInfo().taskId());
    }
  }
}
