package dev.lockstep.models.math;

import dev.lockstep.models.ModelError;
import dev.lockstep.models.UnsupportedNetwork;
import java.util.Optional;

/** A loss whose labels are numbers of classes, from 0: DL4J's {@code LossSparseMCXENT}. */
record ClassNumberLoss(Loss oneHot) implements Loss {
  @Override
  public int labelColumns(int columns) {
    return 1;
  }

  @Override
  public Optional<Loss> ofLabels(int labelColumns, int columns) throws UnsupportedNetwork {
    return labelColumns == columns
        ? Optional.of(oneHot)
        : Loss.super.ofLabels(labelColumns, columns);
  }

  @Override
  public double sum(
      float[] inputs, float[] outputs, float[] labels, LossMask mask, int rows, int columns) {
    return oneHot.sum(inputs, outputs, oneHot(labels, rows, columns), mask, rows, columns);
  }

  @Override
  public boolean needsInputs() {
    return oneHot.needsInputs();
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
    float[] expanded = oneHot(labels, rows, columns);
    oneHot.gradient(inputs, outputs, expanded, mask, gradient, rows, columns);
  }

  private static float[] oneHot(float[] labels, int rows, int columns) {
    float[] expanded = new float[rows * columns];
    for (int row = 0; row < rows; row++) {
      int number = (int) labels[row];
      if (number != labels[row] || number < 0 || number >= columns) {
        throw new ModelError(
            "the label %s is no class: expected a whole number from 0 to %d"
                .formatted(labels[row], columns - 1));
      }
      expanded[row * columns + number] = 1;
    }
    return expanded;
  }
}
