package dev.lockstep.models.math;

/** How the gradient that an update uses follows from the examples' gradients. */
public enum GradientReduction {
  /** Their mean: DL4J's {@code miniBatch(true)}. */
  MEAN,
  /** Their sum: DL4J's {@code miniBatch(false)}. */
  SUM
}
