package dev.lockstep.models.math;

/**
 * What part of a loss counts: factors, mostly 0 and 1.
 *
 * @param factors float32 [rows], one a row, or [rows, columns], one a value; may be longer
 * @param columns 1 or as many as the outputs have
 */
public record LossMask(float[] factors, int columns) {
  /**
   * Of rows that count so much; null where all count alike.
   *
   * @param weights float32 [rows], or null
   */
  public static LossMask ofWeights(float[] weights) {
    return weights == null ? null : new LossMask(weights, 1);
  }

  /** Of the value in this row and column of the outputs. */
  float at(int row, int column) {
    return columns == 1 ? factors[row] : factors[row * columns + column];
  }

  /** Multiplies a matrix by it. */
  public void apply(float[] values, int rows, int width) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < width; column++) {
        values[row * width + column] *= at(row, column);
      }
    }
  }
}
