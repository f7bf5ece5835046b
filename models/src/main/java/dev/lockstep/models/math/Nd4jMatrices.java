package dev.lockstep.models.math;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Matrices as objects of DL4J's configuration take and give them. */
final class Nd4jMatrices {
  private Nd4jMatrices() {}

  /** A copy of the first rows · columns values. */
  static INDArray of(float[] values, int rows, int columns) {
    float[] exact =
        values.length == rows * columns ? values : Arrays.copyOf(values, rows * columns);
    return Nd4j.create(exact, new long[] {rows, columns}, 'c');
  }

  /**
   * The values of a matrix, row-major.
   *
   * @throws IllegalStateException if it is another
   */
  static float[] read(INDArray from, int rows, int columns) {
    if (from.length() != (long) rows * columns || from.size(0) != rows) {
      throw new IllegalStateException(
          "expected an array of [%d, %d], found %s"
              .formatted(rows, columns, Arrays.toString(from.shape())));
    }
    return from.castTo(DataType.FLOAT).dup('c').data().asFloat();
  }
}
