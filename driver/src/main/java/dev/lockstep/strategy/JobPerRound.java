package dev.lockstep.strategy;

import dev.lockstep.memory.OutOfMemory;
import dev.lockstep.models.ModelState;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Workers meet in the driver: one Spark job a round, state out, contributions back. Does not need a
 * task slot for each worker at once.
 */
public final class JobPerRound implements TrainingStrategy {
  private final Workers workers;
  private final TrainingJob job;
  private final Averaging averaging;

  /**
   * @param shards one block a worker, cached
   */
  public JobPerRound(JavaSparkContext spark, Shards shards, TrainingJob job, Averaging averaging) {
    this(new Workers(spark, shards, job), job, averaging);
  }

  /**
   * @param workers closed with this
   */
  JobPerRound(Workers workers, TrainingJob job, Averaging averaging) {
    this.workers = workers;
    this.job = job;
    this.averaging = averaging;
  }

  @Override
  public long roundEnd(long slot) {
    return averaging.nextAgreement(slot);
  }

  @Override
  public List<Outcome> run(ModelState state, List<Segment> segments, Supervision supervision) {
    OutOfMemory.training(state.parameters().length);
    return new SegmentLoop(averaging::roundEnd, this::round, LapClock.inDriver(supervision))
        .run(state, segments);
  }

  @Override
  public Optional<FoundPeriod> found(ModelState state) {
    return averaging.found(state);
  }

  private Outcome round(ModelState start, Segment round) {
    Averaging averaging = this.averaging;
    List<Contribution> contributions =
        workers.each(round, start, (worker, state) -> averaging.train(worker, state, round));
    long startedAt = System.nanoTime();
    Contribution all = Contribution.combine(contributions);
    ModelState end = job.averaged(start, round, averaging.agree(job, start, round, all));
    long combine = System.nanoTime() - startedAt;
    List<WorkerResult> results = contributions.stream().map(Contribution::result).toList();
    return Outcome.of(end, round, withMeeting(results, combine));
  }

  /** All wait for the slowest, and then for the driver. */
  private static List<WorkerResult> withMeeting(List<WorkerResult> results, long combine) {
    long slowest = results.stream().mapToLong(r -> r.time().training()).max().orElseThrow();
    return results.stream()
        .map(r -> r.plus(new WorkerTime(0, 0, combine, slowest - r.time().training())))
        .toList();
  }

  @Override
  public void close() {
    workers.close();
  }
}
