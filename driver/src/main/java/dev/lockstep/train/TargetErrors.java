package dev.lockstep.train;

import java.io.Serializable;

/**
 * How predictions of one number differ from what it is. Sums of squares are taken about the mean,
 * and parts joined, as by Chan, Golub and LeVeque 1983.
 *
 * @param count how many examples
 * @param squares of the errors, summed
 * @param absolutes of the errors, summed
 * @param mean of the true values
 * @param spread of the true values: the sum of their squared distances from the mean
 */
public record TargetErrors(long count, double squares, double absolutes, double mean, double spread)
    implements Serializable {
  static final TargetErrors NONE = new TargetErrors(0, 0, 0, 0, 0);

  TargetErrors plus(double truth, double predicted) {
    double error = predicted - truth;
    return plus(new TargetErrors(1, error * error, Math.abs(error), truth, 0));
  }

  TargetErrors plus(TargetErrors other) {
    long both = count + other.count;
    if (both == 0) {
      return NONE;
    }
    double distance = other.mean - mean;
    return new TargetErrors(
        both,
        squares + other.squares,
        absolutes + other.absolutes,
        mean + distance * other.count / both,
        spread + other.spread + distance * distance * count * other.count / both);
  }

  /** The mean squared error. */
  public double mse() {
    return squares / count;
  }

  /** The mean absolute error. */
  public double mae() {
    return absolutes / count;
  }

  /**
   * The coefficient of determination, R²: 1 if all is predicted, 0 if no better than by the mean;
   * NaN where the true values are all the same.
   */
  public double r2() {
    return spread == 0 ? Double.NaN : 1 - squares / spread;
  }
}
