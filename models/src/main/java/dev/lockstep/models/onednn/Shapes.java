package dev.lockstep.models.onednn;

import java.util.stream.LongStream;

/** Arithmetic of dimensions. */
final class Shapes {
  private Shapes() {}

  /** The dimensions of a minibatch of examples. */
  static long[] batch(long size, long... example) {
    return LongStream.concat(LongStream.of(size), LongStream.of(example)).toArray();
  }

  /** How far apart two neighbours of a minibatch of examples are along each dimension. */
  static long[] strides(long[] example, boolean channelsLast) {
    long[] strides = new long[example.length + 1];
    long length = channelsLast ? example[0] : 1;
    for (int i = example.length - 1; i >= (channelsLast ? 1 : 0); i--) {
      strides[i + 1] = length;
      length *= example[i];
    }
    strides[0] = length;
    if (channelsLast) {
      strides[1] = 1;
    }
    return strides;
  }

  /** How many values. */
  static int length(long... dims) {
    return Math.toIntExact(LongStream.of(dims).reduce(1, Math::multiplyExact));
  }
}
