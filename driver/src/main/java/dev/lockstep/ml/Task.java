package dev.lockstep.ml;

/** What a network is for. */
enum Task {
  /** Softmax outputs: probabilities of classes. */
  CLASSIFICATION,
  /** Outputs are values. */
  REGRESSION
}
