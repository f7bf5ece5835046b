package dev.lockstep.collective;

/** What members' vectors are combined to. */
public enum Reduction {
  /** Σ weight·vector / Σ weight. */
  MEAN,
  /** Σ weight·vector. */
  SUM;

  double divisor(double[] weights) {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    if (total == 0) {
      throw new IllegalArgumentException("nothing to combine: all weights are 0");
    }
    return this == MEAN ? total : 1;
  }
}
