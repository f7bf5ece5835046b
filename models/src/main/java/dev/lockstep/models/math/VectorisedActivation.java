package dev.lockstep.models.math;

/**
 * Sigmoidal activations as quotients of polynomials: without the exponent's bits, the JVM computes
 * as many values at a time as the processor's registers hold.
 */
enum VectorisedActivation implements ActivationFunction {
  /** CommonActivation.TANH. */
  TANH {
    @Override
    public void apply(float[] values, int rows, int columns) {
      int length = rows * columns;
      for (int i = 0; i < length; i++) {
        values[i] = tanh(values[i]);
      }
    }

    @Override
    public void backpropagate(
        float[] inputs, float[] activations, float[] gradient, int rows, int columns) {
      CommonActivation.TANH.backpropagate(inputs, activations, gradient, rows, columns);
    }
  },
  /** CommonActivation.SIGMOID, as (1 + tanh(x / 2)) / 2. */
  SIGMOID {
    @Override
    public void apply(float[] values, int rows, int columns) {
      int length = rows * columns;
      for (int i = 0; i < length; i++) {
        values[i] = 0.5f + 0.5f * tanh(0.5f * values[i]);
      }
    }

    @Override
    public void backpropagate(
        float[] inputs, float[] activations, float[] gradient, int rows, int columns) {
      CommonActivation.SIGMOID.backpropagate(inputs, activations, gradient, rows, columns);
    }
  };

  /** Beyond ±this, tanh is ±1 but for rounding. */
  private static final float MOST = 7.9988117f;

  /**
   * A quotient of polynomials of x of degree 13 and 6, as in Eigen ({@code
   * generic_fast_tanh_float}): within 4 units in the last place.
   */
  private static float tanh(float value) {
    float x = Math.max(-MOST, Math.min(MOST, value));
    float square = x * x;
    float above = 2.00018790e-13f + square * -2.76076847e-16f;
    above = -8.60467152e-11f + square * above;
    above = 5.12229709e-08f + square * above;
    above = 1.48572235e-05f + square * above;
    above = 6.37261929e-04f + square * above;
    above = 4.89352456e-03f + square * above;
    float below = 1.18534706e-04f + square * 1.19825839e-06f;
    below = 2.26843463e-03f + square * below;
    below = 4.89352519e-03f + square * below;
    return x * above / below;
  }
}
