package dev.lockstep.models.math;

import java.io.Serializable;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How much each column counts in a loss. */
final class ColumnWeights implements Serializable {
  private final float[] weights;

  private ColumnWeights(float[] weights) {
    this.weights = weights;
  }

  /**
   * @param weights DL4J's, or null if all columns count alike
   */
  static ColumnWeights of(INDArray weights) {
    return new ColumnWeights(
        weights == null ? null : weights.castTo(DataType.FLOAT).dup('c').data().asFloat());
  }

  boolean alike() {
    return weights == null;
  }

  float of(int column) {
    return weights == null ? 1 : weights[column];
  }

  void apply(float[] values, int rows, int columns) {
    if (weights != null) {
      for (int i = 0; i < rows * columns; i++) {
        values[i] *= weights[i % columns];
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ColumnWeights that && Arrays.equals(weights, that.weights);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(weights);
  }
}
