package dev.lockstep.models.math;

/**
 * DL4J's {@code ActivationRReLU} (Xu et al. 2015, arXiv:1505.00853), as DL4J 1.0.0-M2.1 computes
 * it. In training a value below 0 is multiplied by a slope that is drawn anew each time, uniform in
 * [least, most), here a pure function of the seed. What Xu et al. have otherwise, DL4J has not: its
 * derivative is 1 everywhere, and without training values are not below the mean of the slopes.
 *
 * @param least of the slopes
 * @param most of the slopes
 */
record RandomRelu(double least, double most) implements ActivationFunction {
  @Override
  public void apply(float[] values, int rows, int columns) {
    int length = rows * columns;
    float mean = (float) (0.5 * (least + most));
    for (int i = 0; i < length; i++) {
      values[i] = Math.max(values[i], mean);
    }
  }

  @Override
  public void train(float[] values, int rows, int columns, long seed) {
    int length = rows * columns;
    for (int i = 0; i < length; i++) {
      if (values[i] < 0) {
        values[i] *= (float) (least + (most - least) * Dropout.uniform(seed, i));
      }
    }
  }

  @Override
  public boolean draws() {
    return true;
  }

  @Override
  public void backpropagate(
      float[] inputs, float[] activations, float[] gradient, int rows, int columns) {
    // The derivative is 1.
  }
}
