package dev.lockstep.models;

/** How the gradient that an update uses follows from the examples' gradients. */
enum Reduction {
  /** Their mean: DL4J's {@code miniBatch(true)}. */
  MEAN,
  /** Their sum: DL4J's {@code miniBatch(false)}. */
  SUM
}
