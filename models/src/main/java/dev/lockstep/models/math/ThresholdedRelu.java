package dev.lockstep.models.math;

/** x above a threshold, 0 elsewhere: DL4J's {@code ActivationThresholdedReLU}. */
record ThresholdedRelu(float theta) implements ActivationFunction {
  @Override
  public void apply(float[] values, int rows, int columns) {
    int length = rows * columns;
    for (int i = 0; i < length; i++) {
      values[i] = values[i] > theta ? values[i] : 0;
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
      gradient[i] = inputs[i] > theta ? gradient[i] : 0;
    }
  }
}
