package dev.lockstep.models.dl4j;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Between float32 arrays of ND4J, outside the heap, and of Java. */
public final class Floats {
  private Floats() {}

  /** An array with these values, of which there may be more than it takes. */
  public static INDArray array(float[] rowMajor, long... shape) {
    INDArray array = Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
    pointer(array).put(rowMajor, 0, Math.toIntExact(array.length()));
    return array;
  }

  /** Replaces the values of an array that is whole, not a view with gaps. */
  public static void write(float[] values, INDArray array) {
    if (values.length != array.length()) {
      throw new IllegalArgumentException(
          "expected %d values, found %d".formatted(array.length(), values.length));
    }
    pointer(array).put(values, 0, values.length);
  }

  /** The values of an array that is whole, in the order in which it holds them. */
  public static float[] read(INDArray array) {
    float[] values = new float[Math.toIntExact(array.length())];
    pointer(array).get(values, 0, values.length);
    return values;
  }

  /** The values of any array of numbers, row-major. */
  public static float[] rowMajor(INDArray array) {
    return read(array.castTo(DataType.FLOAT).dup('c'));
  }

  private static FloatPointer pointer(INDArray array) {
    return (FloatPointer) array.data().addressPointer();
  }
}
