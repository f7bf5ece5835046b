package dev.lockstep.models.math;

/**
 * Zhang and Zhou 2006, "Multilabel neural networks", equation 3: over the pairs of a class k that a
 * row has and a class l that it has not, the mean of exp(oₗ − oₖ). DL4J's {@code LossMultiLabel}.
 */
record RankingLoss(ActivationFunction activation) implements Loss {
  @Override
  public double sum(
      float[] inputs, float[] outputs, float[] labels, LossMask mask, int rows, int columns) {
    float[] none = new float[rows * columns];
    return pairs(outputs, labels, mask, none, rows, columns);
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
    pairs(outputs, labels, mask, gradient, rows, columns);
    if (mask != null) {
      mask.apply(gradient, rows, columns);
    }
    activation.backpropagate(inputs, outputs, gradient, rows, columns);
  }

  /** The loss; its gradient by the outputs, without mask, is written. */
  private static double pairs(
      float[] outputs, float[] labels, LossMask mask, float[] gradient, int rows, int columns) {
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      int from = row * columns;
      int to = from + columns;
      double had = 0;
      int missing = 0;
      for (int i = from; i < to; i++) {
        gradient[i] = 0;
        had += labels[i];
        missing += labels[i] == 0 ? 1 : 0;
      }
      if (missing == 0 || missing == columns) {
        continue;
      }
      for (int k = from; k < to; k++) {
        for (int l = from; labels[k] != 0 && l < to; l++) {
          if (labels[l] == 0) {
            double loss = Math.exp(outputs[l] - outputs[k]) * labels[k] / (had * missing);
            sum += mask == null ? loss : mask.at(row, l - from) * loss;
            gradient[l] += (float) loss;
            gradient[k] -= (float) loss;
          }
        }
      }
    }
    return sum;
  }
}
