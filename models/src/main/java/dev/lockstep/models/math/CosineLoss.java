package dev.lockstep.models.math;

/**
 * −cos of the angle between a row of outputs and its labels: DL4J's {@code LossCosineProximity}.
 */
record CosineLoss(ActivationFunction activation) implements Loss {
  /** ND4J's {@code EPS_THRESHOLD}, the least norm that is divided by. */
  private static final double LEAST = 1e-5;

  @Override
  public double sum(
      float[] inputs, float[] outputs, float[] labels, LossMask mask, int rows, int columns) {
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      int from = row * columns;
      double norms =
          Math.max(LEAST, Math.sqrt(dot(outputs, outputs, from, columns)))
              * Math.max(LEAST, Math.sqrt(dot(labels, labels, from, columns)));
      double loss = -dot(outputs, labels, from, columns) / norms;
      sum += mask == null ? loss : mask.at(row, 0) * loss;
    }
    return sum;
  }

  @Override
  public boolean needsInputs() {
    return activation.needsInputs();
  }

  @Override
  public void gradient(
      float[] inputs,
      float[] outputs,
      float[] labels,
      LossMask mask,
      float[] gradient,
      int rows,
      int columns) {
    for (int row = 0; row < rows; row++) {
      int from = row * columns;
      double square = dot(outputs, outputs, from, columns);
      double product = dot(outputs, labels, from, columns);
      double divisor =
          Math.max(LEAST, Math.sqrt(dot(labels, labels, from, columns)))
              * Math.max(LEAST, Math.sqrt(square))
              * Math.max(LEAST, square);
      for (int i = from; i < from + columns; i++) {
        gradient[i] = (float) ((outputs[i] * product - labels[i] * square) / divisor);
      }
    }
    if (mask != null) {
      mask.apply(gradient, rows, columns);
    }
    activation.backpropagate(inputs, outputs, gradient, rows, columns);
  }

  private static double dot(float[] a, float[] b, int from, int length) {
    double sum = 0;
    for (int i = from; i < from + length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
