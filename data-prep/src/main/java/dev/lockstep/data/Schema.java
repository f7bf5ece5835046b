package dev.lockstep.data;

import java.io.Serializable;
import java.util.List;

/**
 * What every example of a data set looks like.
 *
 * @param featureShape the shape of one example's features, such as [28, 28]
 * @param classes how many classes; 0 for regression
 * @param targets how many regression targets; 0 for classification
 */
public record Schema(List<Integer> featureShape, int classes, int targets) implements Serializable {

  public Schema {
    featureShape = List.copyOf(featureShape);
    if ((classes > 0) == (targets > 0)) {
      throw new IllegalArgumentException(
          "either classes or targets must be positive, not classes "
              + classes
              + ", targets "
              + targets);
    }
  }

  public static Schema classification(List<Integer> featureShape, int classes) {
    return new Schema(featureShape, classes, 0);
  }

  public static Schema regression(int inputs, int targets) {
    return new Schema(List.of(inputs), 0, targets);
  }

  /** How many values the features of one example have. */
  public int featureLength() {
    return featureShape.stream().reduce(1, Math::multiplyExact);
  }

  /** How many values the labels of one example have as a network sees them: one-hot or targets. */
  public int labelLength() {
    return classes > 0 ? classes : targets;
  }
}
