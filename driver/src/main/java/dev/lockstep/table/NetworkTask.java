package dev.lockstep.table;

/** What a network is for. */
public enum NetworkTask {
  /** Softmax outputs: probabilities of classes. */
  CLASSIFICATION,
  /** Outputs are values. */
  REGRESSION
}
