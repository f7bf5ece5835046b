package dev.lockstep.train;

import java.io.Serializable;

/**
 * How predictions of one number differ from what it is. Sums of squares are taken about the mean,
 * and parts joined, as by Chan, Golub and LeVeque 1983.
 *
 * @param count how many examples
 * @param weight how much they count, together
 * @param squares of the errors, each times its weight, summed
 * @param absolutes of the errors, likewise
 * @param mean of the true values, by their weights
 * @param spread of the true values: the sum of their squared distances from the mean, each times
 *     its weight
 */
public record TargetErrors(
    long count, double weight, double squares, double absolutes, double mean, double spread)
    implements Serializable {
  /** Of examples that all count 1. */
  public TargetErrors(long count, double squares, double absolutes, double mean, double spread) {
    this(count, count, squares, absolutes, mean, spread);
  }

  /** Of no example. */
  public static final TargetErrors NONE = new TargetErrors(0, 0, 0, 0, 0, 0);

  /** With one example more. */
  public TargetErrors plus(double truth, double predicted) {
    return plus(truth, predicted, 1);
  }

  /** With one example more, that counts so much. */
  TargetErrors plus(double truth, double predicted, double weight) {
    double error = predicted - truth;
    return plus(
        new TargetErrors(1, weight, weight * error * error, weight * Math.abs(error), truth, 0));
  }

  /** Of the examples of both. */
  public TargetErrors plus(TargetErrors other) {
    double both = weight + other.weight;
    if (both == 0) {
      return new TargetErrors(count + other.count, 0, 0, 0, 0, 0);
    }
    double distance = other.mean - mean;
    return new TargetErrors(
        count + other.count,
        both,
        squares + other.squares,
        absolutes + other.absolutes,
        mean + distance * other.weight / both,
        spread + other.spread + distance * distance * weight * other.weight / both);
  }

  /** The mean squared error. */
  public double mse() {
    return squares / weight;
  }

  /** The mean absolute error. */
  public double mae() {
    return absolutes / weight;
  }

  /**
   * The coefficient of determination, R²: 1 if all is predicted, 0 if no better than by the mean;
   * NaN where the true values are all the same.
   */
  public double r2() {
    return spread == 0 ? Double.NaN : 1 - squares / spread;
  }
}
