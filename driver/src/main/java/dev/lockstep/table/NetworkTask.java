package dev.lockstep.table;

/** What a network is for. */
public enum NetworkTask {
  /** Softmax outputs: probabilities of classes. */
  CLASSIFICATION,
  /** Sigmoid outputs, binary cross-entropy: probabilities of labels, of which several may hold. */
  MULTI_LABEL,
  /** Outputs are values. */
  REGRESSION
}
