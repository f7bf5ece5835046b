package dev.lockstep.strategy;

import dev.lockstep.collective.Collective;
import dev.lockstep.collective.Rendezvous;
import dev.lockstep.collective.StageCollective;
import dev.lockstep.collective.StageCollective.Ticket;
import dev.lockstep.models.ModelState;
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
  private final Rendezvous rendezvous = new Rendezvous();
  private final Workers workers;
  private final TrainingJob job;
  private final Averaging averaging;

  /** Why Spark cannot run so many workers at once, if it cannot. */
  static Optional<String> obstacle(JavaSparkContext spark, int workers) {
    if (Utils.isDynamicAllocationEnabled(spark.getConf())) {
      return Optional.of("barrier stages need spark.dynamicAllocation.enabled=false");
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
    Ticket ticket = new Ticket(UUID.randomUUID(), rendezvous.name());
    Averaging averaging = this.averaging;
    List<Segment> all = List.copyOf(segments);
    return StageResult.join(
        workers.together(
            state, (worker, start, task) -> work(ticket, averaging, worker, start, all, task)));
  }

  private static StageResult work(
      Ticket ticket,
      Averaging averaging,
      Worker worker,
      ModelState start,
      List<Segment> segments,
      BarrierTaskContext task) {
    int maxValues = start.parameters().length + start.updaterState().length;
    try (Collective collective = StageCollective.join(task, ticket, maxValues)) {
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
    rendezvous.close();
    workers.close();
  }
}
