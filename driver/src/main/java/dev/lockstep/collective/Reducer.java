package dev.lockstep.collective;

import java.util.Arrays;

/**
 * Weighted sums in float64 in the order of ranks, whoever computes which part: so neither the order
 * of arrival nor the placement of members shows in any bit. For use by one thread.
 */
public final class Reducer {
  /** A part that stays in the first-level cache. */
  private static final int PART = 1024;

  private final double[] sums = new double[PART];

  /**
   * Combines whole vectors.
   *
   * @param weights by rank; who has weight 0 contributes nothing, whatever its vector holds
   * @param vectors by rank, all of one length
   * @throws IllegalArgumentException if all weights are 0
   */
  public float[] reduce(Reduction reduction, double[] weights, float[][] vectors) {
    float[] combined = new float[vectors[0].length];
    double divisor = reduction.divisor(weights);
    reduce(divisor, weights, vectors, new int[vectors.length], 0, combined.length, combined);
    return combined;
  }

  /**
   * Combines elements {@code from} to {@code to} of the members' vectors into the same places of
   * {@code combined}.
   *
   * @param starts which element of the whole vector each given one starts with
   */
  void reduce(
      double divisor,
      double[] weights,
      float[][] vectors,
      int[] starts,
      int from,
      int to,
      float[] combined) {
    for (int start = from; start < to; start += PART) {
      int length = Math.min(PART, to - start);
      Arrays.fill(sums, 0, length, 0);
      for (int rank = 0; rank < vectors.length; rank++) {
        if (weights[rank] != 0) {
          add(weights[rank], vectors[rank], start - starts[rank], length);
        }
      }
      for (int i = 0; i < length; i++) {
        combined[start + i] = (float) (sums[i] / divisor);
      }
    }
  }

  private void add(double weight, float[] vector, int from, int length) {
    for (int i = 0; i < length; i++) {
      sums[i] += weight * vector[from + i];
    }
  }
}
