package dev.lockstep.strategy;

import dev.lockstep.models.ModelState;
import java.io.Serializable;

/**
 * How workers come to agree on one state, round after round: what each brings, and what all make of
 * the combination. Where they meet, in the driver or inside a running stage, does not matter.
 */
public sealed interface Averaging extends Serializable
    permits ParameterAveraging, GradientAveraging, PostLocal {

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
  ModelState agree(TrainingJob job, ModelState start, Segment round, Combined combined);
}
