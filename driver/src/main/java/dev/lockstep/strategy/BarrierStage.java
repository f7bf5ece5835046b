package dev.lockstep.strategy;

import dev.lockstep.collective.Collective;
import dev.lockstep.collective.Patience;
import dev.lockstep.collective.SharedMemory;
import dev.lockstep.models.ModelState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.util.Utils;

/**
 * Workers meet inside a running stage: one Spark job for any number of rounds, with a task slot for
 * each worker at once. The same bits as {@link JobPerRound}.
 */
public final class BarrierStage implements TrainingStrategy {
  private final Workers workers;
  private final TrainingJob job;
  private final Averaging averaging;

  /** Why Spark cannot run so many workers at once, if it cannot. */
  static Optional<String> obstacle(JavaSparkContext spark, int workers) {
    if (Utils.isDynamicAllocationEnabled(spark.getConf())) {
      return Optional.of("barrier stages need spark.dynamicAllocation.enabled=false");
    }
    if (!spark.isLocal()) {
      return Optional.of("workers in several processes cannot meet inside a stage yet");
    }
    ResourceProfile profile = spark.sc().resourceProfileManager().defaultResourceProfile();
    int slots = spark.sc().maxNumConcurrentTasks(profile);
    return slots >= workers
        ? Optional.empty()
        : Optional.of(
            "%d workers need as many task slots at once, Spark has %d".formatted(workers, slots));
  }

  /**
   * @param shards one block a worker, cached
   */
  public BarrierStage(JavaSparkContext spark, Shards shards, TrainingJob job, Averaging averaging) {
    workers = new Workers(spark, shards, job);
    this.job = job;
    this.averaging = averaging;
  }

  @Override
  public long nextAgreement(long slot) {
    return Math.min(job.schedule().slots(), averaging.nextAgreement(slot));
  }

  @Override
  public List<Outcome> run(ModelState state, List<Segment> segments) {
    String id = UUID.randomUUID().toString();
    Averaging averaging = this.averaging;
    return StageResult.join(
        workers.together(
            state,
            (worker, start, context) ->
                work(id, averaging, worker, start, List.copyOf(segments), context)));
  }

  private static StageResult work(
      String id,
      Averaging averaging,
      Worker worker,
      ModelState start,
      List<Segment> segments,
      BarrierTaskContext context) {
    String attempt = id + "." + context.stageAttemptNumber();
    Patience patience = new Patience(Duration.ofSeconds(60), context::isInterrupted);
    try (Collective collective =
        SharedMemory.join(attempt, worker.number(), worker.job().schedule().workers(), patience)) {
      try {
        StageWorker member = new StageWorker(averaging, worker, collective);
        return StageResult.of(worker.number(), member.run(start, segments));
      } catch (Throwable e) {
        collective.fail(e);
        throw e;
      }
    }
  }

  @Override
  public void close() {
    workers.close();
  }
}
