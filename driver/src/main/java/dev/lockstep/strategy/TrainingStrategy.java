package dev.lockstep.strategy;

import dev.lockstep.models.ModelState;

/** How workers train together. */
public interface TrainingStrategy extends AutoCloseable {

  /** The first slot after this one at which all workers agree on one state. */
  long nextAgreement(long slot);

  /**
   * Trains a segment on all workers.
   *
   * @param segment ends where {@link #nextAgreement} says for its start
   */
  Outcome run(ModelState state, Segment segment);

  /** Frees what the run holds on executors. */
  @Override
  void close();
}
