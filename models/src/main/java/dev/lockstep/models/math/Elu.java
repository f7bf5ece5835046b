package dev.lockstep.models.math;

/**
 * Clevert et al. 2016 (arXiv:1511.07289): x, or α·(eˣ − 1) below 0. DL4J differentiates it as if α
 * were 1, whatever it is.
 */
record Elu(float alpha) implements ActivationFunction {
  @Override
  public void apply(float[] values, int rows, int columns) {
    int length = rows * columns;
    for (int i = 0; i < length; i++) {
      values[i] = values[i] >= 0 ? values[i] : alpha * (float) Math.expm1(values[i]);
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
      gradient[i] *= inputs[i] >= 0 ? 1 : FloatMath.exp(inputs[i]);
    }
  }
}
