package dev.lockstep.data;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Range, mean and deviation of each feature, in one pass and stable (Welford 1962), and merged
 * pairwise (Chan, Golub and LeVeque 1979).
 */
final class FeatureStatistics implements Serializable {
  private final double[] min;
  private final double[] max;
  private final double[] mean;
  private final double[] squares;
  private long examples;

  /**
   * What is known of one feature, or of several taken as one.
   *
   * @param values how many were seen
   * @param squares the sum of squared differences from the mean
   */
  record Feature(long values, double min, double max, double mean, double squares)
      implements Serializable {

    /** The standard deviation of the values seen. */
    double deviation() {
      return Math.sqrt(squares / values);
    }

    Feature merge(Feature other) {
      if (values == 0 || other.values == 0) {
        return values == 0 ? other : this;
      }
      long both = values + other.values;
      double delta = other.mean - mean;
      double share = (double) other.values / both;
      return new Feature(
          both,
          Math.min(min, other.min),
          Math.max(max, other.max),
          mean + delta * share,
          squares + other.squares + delta * delta * values * share);
    }
  }

  FeatureStatistics(int features) {
    min = new double[features];
    max = new double[features];
    mean = new double[features];
    squares = new double[features];
    Arrays.fill(min, Double.POSITIVE_INFINITY);
    Arrays.fill(max, Double.NEGATIVE_INFINITY);
  }

  /** Of the values as they are stored. */
  static FeatureStatistics of(ExampleBlock block) {
    FeatureStatistics statistics = new FeatureStatistics(block.schema().featureLength());
    Normalisation asStored = NormalisationMethod.NONE.fit(block.schema(), List::of);
    ExampleBlock stored = block.normalised(asStored);
    float[] features = new float[block.schema().featureLength()];
    float[] labels = new float[block.schema().labelLength()];
    for (int i = 0; i < block.size(); i++) {
      stored.copy(i, 0, features, labels);
      statistics.add(features);
    }
    return statistics;
  }

  void add(float[] features) {
    examples++;
    double share = 1.0 / examples;
    for (int i = 0; i < mean.length; i++) {
      double value = features[i];
      double delta = value - mean[i];
      mean[i] += delta * share;
      squares[i] += delta * (value - mean[i]);
      min[i] = Math.min(min[i], value);
      max[i] = Math.max(max[i], value);
    }
  }

  /** Takes in what another has seen. */
  FeatureStatistics merge(FeatureStatistics other) {
    for (int i = 0; i < mean.length; i++) {
      Feature merged = feature(i).merge(other.feature(i));
      min[i] = merged.min();
      max[i] = merged.max();
      mean[i] = merged.mean();
      squares[i] = merged.squares();
    }
    examples += other.examples;
    return this;
  }

  private Feature feature(int i) {
    return new Feature(examples, min[i], max[i], mean[i], squares[i]);
  }

  List<Feature> features() {
    return IntStream.range(0, mean.length).mapToObj(this::feature).toList();
  }

  /** All features taken as one. */
  Feature pooled() {
    return features().stream().reduce(Feature::merge).orElseThrow();
  }
}
