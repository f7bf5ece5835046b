package dev.lockstep.models.onednn;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;

/** The matrix products of a recurrent layer between two of its steps. */
final class RecurrentProducts {
  private final FloatPointer weights;
  private final FloatPointer gradient;
  private final FloatPointer back;
  private final FloatBuffer backValues;
  private final int size;
  private final int units;
  private final int wide;

  /**
   * @param start of the weights, column-major [units, wide]
   * @param wide how many sums a unit's output goes into
   */
  RecurrentProducts(Weights all, int start, int size, int units, int wide) {
    weights = all.parameters().getPointer(start);
    gradient = all.gradient().getPointer(all.slopes().capacity() < all.count() ? 0 : start);
    this.size = size;
    this.units = units;
    this.wide = wide;
    back = new FloatPointer((long) size * units);
    backValues = back.asBuffer();
  }

  /** sums[step] += outputs[before] · weights. */
  void forward(Steps outputs, int before, Steps sums, int step) {
    product(
        false,
        true,
        size,
        wide,
        units,
        outputs.start(before),
        units,
        weights,
        units,
        1,
        sums.start(step),
        wide);
  }

  /** to = deltas[step] · weightsᵀ, [size, units]. */
  void backward(Steps deltas, int step, float[] to) {
    product(
        false, false, size, units, wide, deltas.start(step), wide, weights, units, 0, back, units);
    backValues.get(0, to);
  }

  /** The gradient by the weights: the sum of outputs[step − 1]ᵀ · deltas[step]. */
  void byWeights(Steps deltas, Steps outputs) {
    if (deltas.count() == 1) {
      gradient.limit((long) wide * units).zero();
      return;
    }
    product(
        true,
        false,
        wide,
        units,
        deltas.rows(deltas.count() - 1),
        deltas.start(1),
        wide,
        outputs.start(0),
        units,
        0,
        gradient,
        units);
  }

  /** C = A·B + β·C of row-major matrices, each with its distance between rows. */
  private static void product(
      boolean transposeA,
      boolean transposeB,
      int rows,
      int columns,
      int inner,
      FloatPointer a,
      int strideA,
      FloatPointer b,
      int strideB,
      float beta,
      FloatPointer c,
      int strideC) {
    OneDnn.check(
        dnnl.dnnl_sgemm(
            (byte) (transposeA ? 'T' : 'N'),
            (byte) (transposeB ? 'T' : 'N'),
            rows,
            columns,
            inner,
            1,
            a,
            strideA,
            b,
            strideB,
            beta,
            c,
            strideC),
        "a product");
  }
}
