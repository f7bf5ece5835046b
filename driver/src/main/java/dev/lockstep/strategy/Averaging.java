package dev.lockstep.strategy;

import dev.lockstep.models.ModelState;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * How workers come to agree on one state, round after round: what each brings, and what all make of
 * the combination. Where they meet, in the driver or inside a running stage, does not matter.
 */
public interface Averaging extends Strategy {

  /** Workers meet inside a running stage. */
  @Override
  default TrainingStrategy open(JavaSparkContext spark, Shards shards, TrainingJob job) {
    return new WorkerStage(spark, shards, job, this);
  }

  /** The first slot after this one at which all workers agree on one state. */
  long nextAgreement(long slot);

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
