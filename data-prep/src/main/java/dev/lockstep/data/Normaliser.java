package dev.lockstep.data;

import java.io.Serializable;

/** Applies a {@link Normalisation}: the same bits for a byte and for the float32 equal to it. */
public final class Normaliser implements Serializable {
  private static final int BYTES = 256;

  /** As many as pictures have channels. */
  private static final int FEW = 3;

  private final double[] offsets;
  private final double[] factors;

  /** What each byte becomes, one table a group, where groups are few. */
  private final float[][] tables;

  public Normaliser(Normalisation normalisation) {
    offsets = normalisation.offsets().stream().mapToDouble(Double::doubleValue).toArray();
    factors = normalisation.factors().stream().mapToDouble(Double::doubleValue).toArray();
    tables = new float[offsets.length <= FEW ? offsets.length : 0][BYTES];
    for (int group = 0; group < tables.length; group++) {
      for (int level = 0; level < BYTES; level++) {
        tables[group][level] = normalised(level, group);
      }
    }
  }

  private float normalised(float value, int group) {
    return (float) ((value - offsets[group]) * factors[group]);
  }

  /**
   * Normalises one example.
   *
   * @param from unsigned bytes, the example's beginning at {@code start}
   * @param to receives float32 [row, length]
   */
  void apply(byte[] from, int start, float[] to, int row, int length) {
    int width = length / offsets.length;
    for (int group = 0; group < offsets.length; group++) {
      int in = start + group * width;
      int out = row * length + group * width;
      if (tables.length > 0) {
        float[] table = tables[group];
        for (int i = 0; i < width; i++) {
          to[out + i] = table[from[in + i] & 0xff];
        }
      } else {
        for (int i = 0; i < width; i++) {
          to[out + i] = normalised(from[in + i] & 0xff, group);
        }
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
    int width = length / offsets.length;
    for (int group = 0; group < offsets.length; group++) {
      int in = start + group * width;
      int out = row * length + group * width;
      for (int i = 0; i < width; i++) {
        to[out + i] = normalised(from[in + i], group);
      }
    }
  }
}
