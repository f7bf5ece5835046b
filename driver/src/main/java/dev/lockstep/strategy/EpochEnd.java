package dev.lockstep.strategy;

/** What happens to a worker's examples that do not fill the last minibatch of an epoch. */
public enum EpochEnd {
  /** They are a smaller minibatch; every worker starts the next epoch together. */
  REMAINDER,
  /**
   * They are joined with the first examples of the next epoch, so every minibatch is full, as in
   * TensorFlow's {@code read_data_sets}.
   */
  RUN_ON
}
