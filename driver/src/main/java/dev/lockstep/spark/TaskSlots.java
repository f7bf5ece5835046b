package dev.lockstep.spark;

import dev.lockstep.data.Transport;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.util.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many tasks Spark can run at once. */
public record TaskSlots(JavaSparkContext spark) {
  private static final Logger LOG = LoggerFactory.getLogger(TaskSlots.class);

  /** Executors still come when a run starts, or come back after one was lost. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** For how long a run waits for any slot at all, before it ends. */
  private static final String NO_SLOTS_TIMEOUT = "spark.lockstep.executorTimeout";

  /** Why Spark cannot run so many tasks at once, if it cannot. */
  public Optional<String> obstacle(int tasks) {
    int slots = await(tasks);
    return slots >= tasks
        ? Optional.empty()
        : Optional.of(
            "%d workers need as many task slots at once, Spark has %d".formatted(tasks, slots));
  }

  /** How many of so many tasks can run now, at least 1. */
  public int present(int tasks) {
    return Math.min(tasks, Math.max(1, count()));
  }

  /**
   * How many of so many tasks to start: with dynamic allocation those that wait bring executors.
   */
  public int wanted(int tasks) {
    return Utils.isDynamicAllocationEnabled(spark.getConf()) ? tasks : present(tasks);
  }

  /** The ids of executors that live. */
  public Set<String> executors() {
    return spark.isLocal()
        ? Set.of("driver")
        : Set.copyOf(ScalaLists.of(spark.sc().getExecutorIds()));
  }

  /** Whether tasks of a stage have failed, as far as Spark's own accounts tell already. */
  public boolean hasFailedTasks(int stage) {
    SparkStageInfo info = spark.statusTracker().getStageInfo(stage);
    return info != null && info.numFailedTasks() > 0;
  }

  /** How many tasks an executor runs at once, at least 1. */
  public int perExecutor() {
    int executors = Math.max(1, executors().size());
    return Math.max(1, (count() + executors - 1) / executors);
  }

  /** Waits until there are enough, or no more come. */
  private int await(int wanted) {
    int slots = count();
    long changed = System.nanoTime();
    while (slots < wanted
        && !spark.isLocal()
        && System.nanoTime() - changed < PATIENCE.toNanos()
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(LOOK_NANOS);
      int now = count();
      changed = now == slots ? changed : System.nanoTime();
      slots = now;
    }
    return slots;
  }

  /** How many of so many workers are in one executor, at most; waits for the first executor. */
  public int sharing(int workers) {
    SparkJob.collect(spark.parallelize(List.of(0), 1), watchForAny());
    int executors = Math.max(1, executors().size());
    return Math.min(workers, Math.max(perExecutor(), (workers + executors - 1) / executors));
  }

  /**
   * Runs something on executors, as far as Spark gives each of them a task; nothing where the
   * driver is all there is. Failures are passed over.
   */
  public <T> void onEach(T value, VoidFunction<T> work) {
    if (spark.isLocal()) {
      return;
    }
    int tasks = Math.max(1, 2 * count());
    try {
      SparkJob.collect(
          Transport.parallelize(spark, Collections.nCopies(tasks, value), tasks)
              .mapPartitions(
                  values -> {
                    work.call(values.next());
                    return Collections.emptyIterator();
                  }),
          watchForAny(PATIENCE));
    } catch (RuntimeException e) {
      LOG.debug("not all executors could be told", e);
    }
  }

  /** How many there are now. */
  public int count() {
    ResourceProfile profile = spark.sc().resourceProfileManager().defaultResourceProfile();
    return spark.sc().maxNumConcurrentTasks(profile);
  }

  /** For a job: throws a {@link ClusterException} if there has been no slot for long. */
  public SlotWatch watchForAny() {
    return watchForAny(patience(spark));
  }

  SlotWatch watchForAny(Duration patience) {
    return new SlotWatch(this::count, System::nanoTime, 1, patience, () -> noneFor(patience));
  }

  private ClusterException noneFor(Duration patience) {
    List<String> lost = LostExecutors.exits(spark);
    return new ClusterException(
        "there has been no executor for %d seconds (%s)%s: see that a worker has %s and a core free"
            .formatted(
                patience.toSeconds(),
                NO_SLOTS_TIMEOUT,
                lost.isEmpty() ? "" : ", the last was lost (" + lost.get(lost.size() - 1) + ")",
                spark.getConf().get("spark.executor.memory", "1g")));
  }

  static Duration patience(JavaSparkContext spark) {
    return Duration.ofSeconds(spark.getConf().getTimeAsSeconds(NO_SLOTS_TIMEOUT, "300s"));
  }
}
