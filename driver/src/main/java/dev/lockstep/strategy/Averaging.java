package dev.lockstep.strategy;

import dev.lockstep.models.ModelState;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * How workers come to agree on one state, round after round: what each brings, and what all make of
 * the combination. Where they meet, in the driver or inside a running stage, does not matter.
 */
public interface Averaging extends Strategy {

  /** Workers meet inside a running stage. */
  @Override
  default TrainingStrategy open(JavaSparkContext spark, Shards shards, TrainingJob job) {
    return new WorkerStage(spark, shards, job, on(job.schedule()));
  }

  /** The same for a run with this schedule. */
  default Averaging on(Schedule schedule) {
    return this;
  }

  /** The first slot after this one at which all workers agree on one state, whatever that is. */
  long nextAgreement(long slot);

  /**
   * Where the round ends that begins here: not after {@link #nextAgreement}.
   *
   * @param start what all workers agree on
   */
  default long roundEnd(ModelState start, long slot) {
    return nextAgreement(slot);
  }

  /** What was found out of the averaging period so far, where it is found while training. */
  default Optional<FoundPeriod> found(ModelState state) {
    return Optional.empty();
  }

  /**
   * Trains a worker for one round.
   *
   * @param start what all workers agree on
   */
  Contribution train(Worker worker, ModelState start, Segment round);

  /**
   * What all workers continue from.
   *
   * @param start what the round began with
   */
  ModelState agree(TrainingJob job, ModelState start, Segment round, Contribution all);
}
