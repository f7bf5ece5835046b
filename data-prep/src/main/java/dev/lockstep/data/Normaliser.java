package dev.lockstep.data;

import java.io.Serializable;

/** Applies a {@link Normalisation}: the same bits for a byte and for the float32 equal to it. */
public final class Normaliser implements Serializable {
  private static final int BYTES = 256;

  private final double[] offsets;
  private final double[] factors;

  /** What each byte becomes, where all values of an example are treated alike. */
  private final float[] table;

  public Normaliser(Normalisation normalisation) {
    offsets = normalisation.offsets().stream().mapToDouble(Double::doubleValue).toArray();
    factors = normalisation.factors().stream().mapToDouble(Double::doubleValue).toArray();
    table = new float[offsets.length == 1 ? BYTES : 0];
    for (int level = 0; level < table.length; level++) {
      table[level] = normalised(level, 0);
    }
  }

  private float normalised(float value, int feature) {
    return (float) ((value - offsets[feature]) * factors[feature]);
  }

  /**
   * Normalises one example.
   *
   * @param from unsigned bytes, the example's beginning at {@code start}
   * @param to receives float32 [row, length]
   */
  void apply(byte[] from, int start, float[] to, int row, int length) {
    int end = row * length;
    if (table.length > 0) {
      for (int i = 0; i < length; i++) {
        to[end + i] = table[from[start + i] & 0xff];
      }
    } else {
      for (int i = 0; i < length; i++) {
        to[end + i] = normalised(from[start + i] & 0xff, i);
      }
    }
  }

  /**
   * Normalises one example.
   *
   * @param from float32, the example's beginning at {@code start}
   * @param to receives float32 [row, length]
   */
  public void apply(float[] from, int start, float[] to, int row, int length) {
    int end = row * length;
    if (offsets.length == 1) {
      for (int i = 0; i < length; i++) {
        to[end + i] = normalised(from[start + i], 0);
      }
    } else {
      for (int i = 0; i < length; i++) {
        to[end + i] = normalised(from[start + i], i);
      }
    }
  }
}
