package dev.lockstep.data;

import java.io.Serializable;

/** The features of one example, in the element type of their source. */
public sealed interface Values extends Serializable permits Values.Bytes, Values.Floats {

  /** How many values. */
  int length();

  /** Unsigned bytes, as pixels come. */
  record Bytes(byte[] values) implements Values {
    @Override
    public int length() {
      return values.length;
    }
  }

  /** float32 values. */
  record Floats(float[] values) implements Values {
    @Override
    public int length() {
      return values.length;
    }
  }
}
