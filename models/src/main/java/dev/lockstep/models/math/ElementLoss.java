package dev.lockstep.models.math;

/**
 * A loss that is a sum of terms of one output each.
 *
 * @param epsilon of those terms that have one
 * @param weights of the columns
 */
record ElementLoss(
    LossTerm term, float epsilon, ColumnWeights weights, ActivationFunction activation)
    implements Loss {

  @Override
  public double sum(
      float[] inputs, float[] outputs, float[] labels, LossMask mask, int rows, int columns) {
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int i = row * columns + column;
        double loss = term.loss(outputs[i], labels[i], epsilon);
        sum +=
            mask == null
                ? weights.of(column) * loss
                : weights.of(column) * mask.at(row, column) * loss;
      }
    }
    return sum / term.divisor(columns);
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
    int length = rows * columns;
    float factor = term.slopeFactor(columns);
    for (int i = 0; i < length; i++) {
      gradient[i] = term.slope(outputs[i], labels[i], epsilon) * factor;
    }
    weights.apply(gradient, rows, columns);
    if (mask != null) {
      mask.apply(gradient, rows, columns);
    }
    activation.backpropagate(inputs, outputs, gradient, rows, columns);
  }
}
