package dev.lockstep.models.math;

/**
 * DL4J's ReLU in all its forms: slope·(x − threshold) below the threshold, x above it, and never
 * more than a bound.
 *
 * @param slope below the threshold
 * @param most the bound; DL4J does not heed one of 0 in the derivative
 */
record LinearPieces(float slope, float threshold, float most) implements ActivationFunction {
  @Override
  public void apply(float[] values, int rows, int columns) {
    int length = rows * columns;
    for (int i = 0; i < length; i++) {
      float x = values[i];
      values[i] = Math.min(most, x < threshold ? slope * (x - threshold) : x);
    }
  }

  @Override
  public boolean needsInputs() {
    return true;
  }

  @Override
  public void backpropagate(
      float[] inputs, float[] activations, float[] gradient, int rows, int columns) {
    int length = rows * columns;
    for (int i = 0; i < length; i++) {
      float x = inputs[i];
      // At a threshold of 0 itself DL4J takes the left derivative, as with plain ReLU.
      boolean below = threshold == 0 ? x <= 0 : x < threshold;
      float derivative = most != 0 && x >= most ? 0 : below ? slope : 1;
      gradient[i] = derivative == 0 ? 0 : gradient[i] * derivative; // whatever it is, as DL4J
    }
  }
}
