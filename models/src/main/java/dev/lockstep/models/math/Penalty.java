package dev.lockstep.models.math;

import java.io.Serializable;

/**
 * What pulls parameters towards 0.
 *
 * @param l2 times the parameter is added to its gradient (DL4J's {@code L2Regularization})
 * @param decay times the parameter is added to its update (DL4J's {@code WeightDecay}, its learning
 *     rate included)
 */
public record Penalty(float l2, float decay) implements Serializable {
  /** Adds l2·parameter to the gradients of a range. */
  public void addToGradient(float[] parameters, float[] gradient, int from, int to) {
    addScaled(l2, parameters, gradient, from, to);
  }

  /** Adds decay·parameter to the updates of a range. */
  public void addToUpdate(float[] parameters, float[] update, int from, int to) {
    addScaled(decay, parameters, update, from, to);
  }

  private static void addScaled(float scale, float[] values, float[] sum, int from, int to) {
    if (scale != 0) {
      for (int i = from; i < to; i++) {
        sum[i] += scale * values[i];
      }
    }
  }
}
