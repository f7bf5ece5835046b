package dev.lockstep.data;

import java.io.Serializable;

/** The features of one example, in the element type of their source. */
public sealed interface Values extends Serializable permits Values.Bytes, Values.Floats {

  /** How many values. */
  int length();

  /** Writes the values as float32, from the beginning of the array. */
  void copyTo(float[] target);

  /** Unsigned bytes, as pixels come. */
  record Bytes(byte[] values) implements Values {
    @Override
    public int length() {
      return values.length;
    }

    @Override
    public void copyTo(float[] target) {
      for (int i = 0; i < values.length; i++) {
        target[i] = values[i] & 0xff;
      }
    }
  }

  /** float32 values. */
  record Floats(float[] values) implements Values {
    @Override
    public int length() {
      return values.length;
    }

    @Override
    public void copyTo(float[] target) {
      System.arraycopy(values, 0, target, 0, values.length);
    }
  }
}
