package dev.lockstep.data.prepare;

import dev.lockstep.data.DataError;
import dev.lockstep.data.Example;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * How a data set is divided at random.
 *
 * @param shares of train and test, or of train, validation and test; together 1
 */
public record Split(List<Double> shares, Stratification stratification) implements Serializable {
  private static final double ROUNDING = 1e-9;

  /** Within what the shares hold, to an example. */
  public enum Stratification {
    /** Among all examples. */
    NONE,
    /** Among the examples of each class. */
    CLASSES
  }

  public Split {
    shares = List.copyOf(shares);
    double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
    if (shares.size() < 2
        || shares.size() > 3
        || !shares.stream().allMatch(share -> share > 0)
        || !(Math.abs(sum - 1) < ROUNDING)) {
      throw new DataError(
          "a split is of 2 or 3 positive shares that add up to 1, such as 0.8/0.1/0.1, not %s"
              .formatted(String.join("/", shares.stream().map(String::valueOf).toList())));
    }
  }

  /** Reads shares as {@code 0.8/0.1/0.1}. */
  public static Split parse(String shares, Stratification stratification) {
    try {
      return new Split(
          Arrays.stream(shares.split("/", -1)).map(Double::valueOf).toList(), stratification);
    } catch (NumberFormatException e) {
      throw new DataError(
          "a split is of shares, such as 0.8/0.1/0.1, not '%s'".formatted(shares), e);
    }
  }

  /** What the parts are called. */
  public List<String> names() {
    return shares.size() == 2 ? List.of("train", "test") : List.of("train", "validation", "test");
  }

  /** How many strata the examples of so many classes have. */
  int strata(int classes) {
    return stratification == Stratification.CLASSES ? classes : 1;
  }

  /** Which stratum an example belongs to. */
  int stratum(Example example) {
    return stratification == Stratification.CLASSES ? (int) example.target()[0] : 0;
  }

  /**
   * Which part gets an example. Parts take turns, so that any beginning of a stratum is divided by
   * the shares too; that it is random is due to the order.
   *
   * @param rank of the example within its stratum, in a random order, from 0
   */
  int part(long rank) {
    long left = rank;
    double rest = 1;
    for (int part = 0; part < shares.size() - 1; part++) {
      double share = Math.min(1, shares.get(part) / rest);
      long taken = Math.round(share * left);
      if (Math.round(share * (left + 1)) > taken) {
        return part;
      }
      left -= taken;
      rest -= shares.get(part);
    }
    return shares.size() - 1;
  }
}
