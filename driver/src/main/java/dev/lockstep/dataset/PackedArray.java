package dev.lockstep.dataset;

import dev.lockstep.data.DataError;
import dev.lockstep.models.ArrayShape;
import dev.lockstep.models.dl4j.Floats;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arrays that some examples have for one input or output, on the heap, where Spark can count
 * and ship them.
 *
 * @param shape of one example's array
 * @param values float32, row-major, one example after the other
 * @param maskShape of one example's mask; null if there is none
 * @param mask as {@code values}; null if there is none
 */
record PackedArray(List<Integer> shape, float[] values, List<Integer> maskShape, float[] mask)
    implements Serializable {

  /**
   * @param mask null if there is none
   */
  static PackedArray of(INDArray array, INDArray mask, int examples) {
    return new PackedArray(
        shape(array, examples),
        Floats.rowMajor(array),
        mask == null ? null : shape(mask, examples),
        mask == null ? null : Floats.rowMajor(mask));
  }

  private static List<Integer> shape(INDArray array, int examples) {
    if (array.rank() < 2 || array.size(0) != examples) {
      throw new DataError(
          "expected arrays of %d examples in all of a DataSet, found one of shape %s"
              .formatted(examples, Arrays.toString(array.shape())));
    }
    return LongStream.of(array.shape()).skip(1).mapToObj(Math::toIntExact).toList();
  }

  /** Copies one example's values to where a shape, perhaps a longer one, has its place for them. */
  void copyValues(int example, ArrayShape into, float[] to, int offset) {
    copy(values, shape, example, into, to, offset);
  }

  /** Copies one example's mask; where there is none, every value counts. */
  void copyMask(int example, ArrayShape into, float[] to, int offset, int steps) {
    if (mask != null) {
      copy(mask, maskShape, example, into, to, offset);
      return;
    }
    float[] all = new float[into.withSteps(steps).length()];
    Arrays.fill(all, 1);
    copy(all, into.withSteps(steps).dimensions(), 0, into, to, offset);
  }

  private static void copy(
      float[] from, List<Integer> shape, int example, ArrayShape into, float[] to, int offset) {
    ArrayShape own = new ArrayShape(shape, into.variableAxis());
    own.copy(own.steps(), from, example * own.length(), to, offset, into.steps());
  }
}
