package dev.lockstep.strategy;

import java.util.Locale;

/** The rules by which an {@link OuterOptimizer} steps. */
public enum OuterRule {
  /** x ← x − η·d: with η = 1 the average itself. */
  SGD(0, 1, 0),
  /**
   * m ← β·m + d, x ← x − η·m (SlowMo: Wang, Tantia, Ballas and Rabbat 2020, Algorithm 1, with a
   * constant inner learning rate, which cancels).
   */
  MOMENTUM(1, 1, 0.5),
  /** m ← β·m + d, x ← x − η·(d + β·m) (DiLoCo: Douillard et al. 2023, Algorithm 1, 0.7 and 0.9). */
  NESTEROV(1, 0.7, 0.9),
  /**
   * m ← β·m + (1 − β)·d, v ← 0.99·v + 0.01·d², x ← x − η·m / (√v + 0.001) (FedAdam: Reddi et al.
   * 2021, Algorithm 2, without bias correction as there).
   */
  ADAM(2, 0.01, 0.9);

  private final int vectors;
  private final double learningRate;
  private final double momentum;

  OuterRule(int vectors, double learningRate, double momentum) {
    this.vectors = vectors;
    this.learningRate = learningRate;
    this.momentum = momentum;
  }

  /** How many values it keeps of each parameter. */
  int vectors() {
    return vectors;
  }

  /** The learning rate where none is said. */
  public double usualLearningRate() {
    return learningRate;
  }

  /** The momentum where none is said; 0 if it has none. */
  public double usualMomentum() {
    return momentum;
  }

  /** As users write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a rule as users write it.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static OuterRule of(String value) {
    for (OuterRule rule : values()) {
      if (rule.toString().equals(value)) {
        return rule;
      }
    }
    throw new IllegalArgumentException(
        "expected sgd, momentum, nesterov or adam, found '%s'".formatted(value));
  }
}
