package dev.lockstep.strategy;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.util.Utils;

/** How many tasks Spark can run at once. */
record TaskSlots(JavaSparkContext spark) {
  /** Executors still come when a run starts, or come back after one was lost. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** Why Spark cannot run so many workers in one barrier stage, if it cannot. */
  Optional<String> obstacle(int workers) {
    if (Utils.isDynamicAllocationEnabled(spark.getConf())) {
      return Optional.of("barrier stages need spark.dynamicAllocation.enabled=false");
    }
    int slots = await(workers);
    return slots >= workers
        ? Optional.empty()
        : Optional.of(
            "%d workers need as many task slots at once, Spark has %d".formatted(workers, slots));
  }

  /** Waits until there are enough, or no more come. */
  private int await(int wanted) {
    int slots = count();
    long changed = System.nanoTime();
    while (slots < wanted
        && !spark.isLocal()
        && System.nanoTime() - changed < PATIENCE_NANOS
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(LOOK_NANOS);
      int now = count();
      changed = now == slots ? changed : System.nanoTime();
      slots = now;
    }
    return slots;
  }

  private int count() {
    ResourceProfile profile = spark.sc().resourceProfileManager().defaultResourceProfile();
    return spark.sc().maxNumConcurrentTasks(profile);
  }
}
