package dev.lockstep.spark;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.status.api.v1.ExecutorSummary;

/** The executors that are lost from now on, and why, as the cluster's manager tells. */
public final class LostExecutors {
  /** A manager tells some seconds later than an executor is missed. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final JavaSparkContext spark;
  private final Set<String> before;

  public LostExecutors(JavaSparkContext spark) {
    this.spark = spark;
    before = all(spark).map(ExecutorSummary::id).collect(Collectors.toSet());
  }

  /** Of each why, such as {@code executor 3: Command exited with code 52}; none if not told yet. */
  public List<String> reasons() {
    return all(spark)
        .filter(executor -> !before.contains(executor.id()))
        .map(LostExecutors::reason)
        .toList();
  }

  /** The same, once there is one, or none comes. */
  public List<String> awaitReasons() {
    long askedAt = System.nanoTime();
    List<String> reasons = reasons();
    while (reasons.isEmpty()
        && !spark.isLocal()
        && System.nanoTime() - askedAt < PATIENCE.toNanos()
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(LOOK_NANOS);
      reasons = reasons();
    }
    return reasons;
  }

  /** Of all that an application has lost and whose exit status is known. */
  static List<String> exits(JavaSparkContext spark) {
    return all(spark).map(LostExecutors::reason).filter(why -> why.contains(" exit")).toList();
  }

  private static Stream<ExecutorSummary> all(JavaSparkContext spark) {
    return ScalaLists.of(spark.sc().statusStore().executorList(false)).stream()
        .filter(executor -> !executor.isActive() && executor.removeReason().isDefined());
  }

  private static String reason(ExecutorSummary executor) {
    return "executor %s: %s"
        .formatted(executor.id(), executor.removeReason().get().strip().replace('\n', ' '));
  }
}
