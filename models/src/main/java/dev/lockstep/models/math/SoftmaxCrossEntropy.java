package dev.lockstep.models.math;

/**
 * −Σ w·y·ln p of a softmax, differentiated together with it: DL4J's {@code LossMCXENT} and {@code
 * LossNegativeLogLikelihood}. The loss clips p to [clip, 1 − clip], the gradient p·Σ w·y − w·y does
 * not.
 */
record SoftmaxCrossEntropy(float clip, ColumnWeights weights) implements Loss {
  @Override
  public double sum(
      float[] inputs, float[] outputs, float[] labels, LossMask mask, int rows, int columns) {
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int i = row * columns + column;
        if (labels[i] != 0) {
          double loss = labels[i] * Math.log(LossTerm.clipped(outputs[i], clip));
          sum -=
              mask == null
                  ? weights.of(column) * loss
                  : weights.of(column) * mask.at(row, column) * loss;
        }
      }
    }
    return sum;
  }

  @Override
  public boolean needsInputs() {
    return false;
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
    int length = rows * columns;
    if (weights.alike()) {
      for (int i = 0; i < length; i++) {
        gradient[i] = outputs[i] - labels[i];
      }
    } else {
      weighted(outputs, labels, gradient, rows, columns);
    }
    if (mask != null) {
      mask.apply(gradient, rows, columns);
    }
  }

  private void weighted(float[] outputs, float[] labels, float[] gradient, int rows, int columns) {
    for (int row = 0; row < rows; row++) {
      float sum = 0;
      for (int column = 0; column < columns; column++) {
        sum += labels[row * columns + column] * weights.of(column);
      }
      for (int column = 0; column < columns; column++) {
        int i = row * columns + column;
        gradient[i] = outputs[i] * sum - labels[i] * weights.of(column);
      }
    }
  }
}
