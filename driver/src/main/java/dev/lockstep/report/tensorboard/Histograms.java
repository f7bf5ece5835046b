package dev.lockstep.report.tensorboard;

import org.tensorflow.framework.HistogramProto;

/** How values are distributed, in as many buckets as TensorBoard draws. */
final class Histograms {
  private static final int BUCKETS = 30;

  /** Of more values than this, every second, third … is taken: the shape does not change. */
  private static final int MOST_VALUES = 1 << 20;

  private Histograms() {}

  /**
   * Of a slice of values, in buckets of equal width from the least to the greatest.
   *
   * @param values finite
   * @param length at least 1
   */
  static HistogramProto of(float[] values, int offset, int length) {
    int stride = 1 + (length - 1) / MOST_VALUES;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double squares = 0;
    for (int i = offset; i < offset + length; i += stride) {
      double value = values[i];
      min = Math.min(min, value);
      max = Math.max(max, value);
      sum += value;
      squares += value * value;
    }
    int buckets = min == max ? 1 : BUCKETS;
    double width = (max - min) / buckets;
    double scale = min == max ? 0 : buckets / (max - min);
    long[] counts = new long[buckets];
    for (int i = offset; i < offset + length; i += stride) {
      counts[Math.min(buckets - 1, (int) ((values[i] - min) * scale))]++;
    }
    HistogramProto.Builder histogram =
        HistogramProto.newBuilder()
            .setMin(min)
            .setMax(max)
            .setNum(1 + (length - 1) / stride)
            .setSum(sum)
            .setSumSquares(squares);
    for (int bucket = 0; bucket < buckets; bucket++) {
      histogram.addBucketLimit(bucket == buckets - 1 ? max : min + (bucket + 1) * width);
      histogram.addBucket(counts[bucket]);
    }
    return histogram.build();
  }
}
