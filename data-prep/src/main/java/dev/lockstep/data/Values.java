package dev.lockstep.data;

import java.io.Serializable;

/** The features of one example, in the element type of their source. */
public sealed interface Values extends Serializable permits Values.Bytes, Values.Floats {

  /** How many values. */
  int length();

  /** Unsigned bytes, as pixels come; as float32 they are scaled to 0..1. */
  record Bytes(byte[] values) implements Values {
    /** What one grey level is worth, as in TensorFlow's {@code read_data_sets}. */
    static final float SCALE = 1f / 255f;

    @Override
    public int length() {
      return values.length;
    }
  }

  /** float32 values, taken as they are. */
  record Floats(float[] values) implements Values {
    @Override
    public int length() {
      return values.length;
    }
  }
}
