package dev.lockstep.models.math;

/** The activations that are used most, in loops of their own; none needs its inputs. */
enum CommonActivation implements ActivationFunction {
  IDENTITY {
    @Override
    public void apply(float[] values, int rows, int columns) {
      // The values are already the activations.
    }

    @Override
    public void backpropagate(
        float[] inputs, float[] activations, float[] gradient, int rows, int columns) {
      // The derivative is 1.
    }
  },
  TANH {
    @Override
    public void apply(float[] values, int rows, int columns) {
      int length = rows * columns;
      for (int i = 0; i < length; i++) {
        values[i] = FloatMath.tanh(values[i]);
      }
    }

    @Override
    public void backpropagate(
        float[] inputs, float[] activations, float[] gradient, int rows, int columns) {
      int length = rows * columns;
      for (int i = 0; i < length; i++) {
        gradient[i] *= 1 - activations[i] * activations[i];
      }
    }

    @Override
    public ActivationFunction vectorised() {
      return VectorisedActivation.TANH;
    }
  },
  SIGMOID {
    @Override
    public void apply(float[] values, int rows, int columns) {
      int length = rows * columns;
      for (int i = 0; i < length; i++) {
        values[i] = FloatMath.sigmoid(values[i]);
      }
    }

    @Override
    public void backpropagate(
        float[] inputs, float[] activations, float[] gradient, int rows, int columns) {
      int length = rows * columns;
      for (int i = 0; i < length; i++) {
        gradient[i] *= activations[i] * (1 - activations[i]);
      }
    }

    @Override
    public ActivationFunction vectorised() {
      return VectorisedActivation.SIGMOID;
    }
  },
  RELU {
    @Override
    public void apply(float[] values, int rows, int columns) {
      int length = rows * columns;
      for (int i = 0; i < length; i++) {
        values[i] = Math.max(values[i], 0);
      }
    }

    @Override
    public void backpropagate(
        float[] inputs, float[] activations, float[] gradient, int rows, int columns) {
      int length = rows * columns;
      for (int i = 0; i < length; i++) {
        gradient[i] = activations[i] > 0 ? gradient[i] : 0;
      }
    }
  },
  SOFTMAX {
    @Override
    public boolean ofRows() {
      return true;
    }

    @Override
    public void apply(float[] values, int rows, int columns) {
      for (int row = 0; row < rows; row++) {
        softmax(values, row * columns, (row + 1) * columns);
      }
    }

    @Override
    public void backpropagate(
        float[] inputs, float[] activations, float[] gradient, int rows, int columns) {
      for (int row = 0; row < rows; row++) {
        int from = row * columns;
        int to = from + columns;
        float mean = 0;
        for (int i = from; i < to; i++) {
          mean += activations[i] * gradient[i];
        }
        for (int i = from; i < to; i++) {
          gradient[i] = activations[i] * (gradient[i] - mean);
        }
      }
    }
  };

  /** exp(z − max z) / Σ exp(z − max z) over a range. */
  private static void softmax(float[] values, int from, int to) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      largest = Math.max(largest, values[i]);
    }
    double sum = 0;
    for (int i = from; i < to; i++) {
      float power = FloatMath.exp(values[i] - largest);
      values[i] = power;
      sum += power;
    }
    double factor = 1 / sum;
    for (int i = from; i < to; i++) {
      values[i] = (float) (values[i] * factor);
    }
  }
}
