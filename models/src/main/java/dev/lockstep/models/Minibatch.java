package dev.lockstep.models;

/**
 * One minibatch, row-major. The arrays may be longer than the minibatch, so that one pair of
 * buffers serves a whole run.
 *
 * @param features float32 [size, featureLength]
 * @param labels float32 [size, labelLength]; classes one-hot
 * @param size how many examples, at least 1
 */
public record Minibatch(float[] features, float[] labels, int size) {
  public Minibatch {
    if (size < 1) {
      throw new IllegalArgumentException("a minibatch has at least one example, not " + size);
    }
  }
}
