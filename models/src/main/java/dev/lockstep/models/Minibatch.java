package dev.lockstep.models;

/**
 * One minibatch, row-major. The arrays may be longer than the minibatch, so that one pair of
 * buffers serves a whole run.
 *
 * @param features float32 [size, featureLength]
 * @param labels float32 [size, labelLength]; classes one-hot
 * @param weights float32 [size]: how much each example counts in loss and gradient, as so many
 *     equal ones would, each at least 0; null where all count 1
 * @param size how many examples, at least 1
 */
public record Minibatch(float[] features, float[] labels, float[] weights, int size) {
  public Minibatch {
    if (size < 1) {
      throw new IllegalArgumentException("a minibatch has at least one example, not " + size);
    }
  }

  /** Of examples that all count alike. */
  public Minibatch(float[] features, float[] labels, int size) {
    this(features, labels, null, size);
  }

  /** How much all examples count together. */
  public double weight() {
    if (weights == null) {
      return size;
    }
    double sum = 0;
    for (int row = 0; row < size; row++) {
      sum += weights[row];
    }
    return sum;
  }

  /** The same examples, all counting alike. */
  public Minibatch unweighted() {
    return weights == null ? this : new Minibatch(features, labels, size);
  }
}
