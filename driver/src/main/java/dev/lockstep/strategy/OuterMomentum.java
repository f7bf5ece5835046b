package dev.lockstep.strategy;

import dev.lockstep.models.ModelState;
import java.io.Serializable;

/**
 * Momentum between rounds (SlowMo: Wang, Tantia, Ballas and Rabbat 2020, Algorithm 1, with α = 1
 * and a constant inner learning rate, where the rate cancels): what a round changed is taken as a
 * gradient, d ← β·d + (start − average), and the next round starts from start − d.
 *
 * @param beta 0 for none, to below 1
 */
public record OuterMomentum(double beta) implements Serializable {
  /** Continue from the average itself. */
  public static final OuterMomentum NONE = new OuterMomentum(0);

  public OuterMomentum {
    if (!(beta >= 0 && beta < 1)) {
      throw new IllegalArgumentException("outer momentum must be in 0..1, below 1, not " + beta);
    }
  }

  /**
   * @param start what the round began with, with its momentum
   * @param average what its workers agreed on
   */
  ModelState apply(ModelState start, ModelState average) {
    if (beta == 0) {
      return average;
    }
    float[] from = start.parameters();
    float[] before = start.outerMomentum();
    float[] momentum = new float[from.length];
    float[] parameters = new float[from.length];
    for (int i = 0; i < from.length; i++) {
      double change = (double) from[i] - average.parameters()[i];
      momentum[i] = (float) (beta * (before.length == 0 ? 0 : before[i]) + change);
      parameters[i] = from[i] - momentum[i];
    }
    return new ModelState(parameters, average.updaterState(), average.updates(), momentum);
  }
}
