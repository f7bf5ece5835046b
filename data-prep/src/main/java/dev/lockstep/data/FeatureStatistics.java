package dev.lockstep.data;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Range, mean and deviation of features as they are stored, in one pass and stable (Welford 1962),
 * and merged pairwise (Chan, Golub and LeVeque 1979). Tables are measured column by column,
 * pictures in colour channel by channel; grey ones, and whatever else has more than one dimension,
 * over all values.
 */
public final class FeatureStatistics implements Serializable {
  private final double[] min;
  private final double[] max;
  private final double[] mean;
  private final double[] squares;
  private final float[] row;

  /** How many values that follow each other are one feature. */
  private final int width;

  private long examples;

  /** For examples of a data set. */
  public FeatureStatistics(Schema schema) {
    row = new float[schema.featureLength()];
    int features =
        schema.featureShape().size() > 1
            ? schema.picture().map(PictureShape::channels).orElse(1)
            : row.length;
    width = row.length / features;
    min = new double[features];
    max = new double[features];
    mean = new double[features];
    squares = new double[features];
  }

  static FeatureStatistics of(Examples block) {
    FeatureStatistics statistics = new FeatureStatistics(block.schema());
    for (int i = 0; i < block.size(); i++) {
      block.copyStored(i, statistics.row);
      statistics.addRow();
    }
    return statistics;
  }

  /** Of regression targets, each for itself. */
  static FeatureStatistics ofTargets(Examples block) {
    int targets = block.schema().targets();
    FeatureStatistics statistics = new FeatureStatistics(Schema.regression(targets, targets));
    for (int i = 0; i < block.size(); i++) {
      for (int target = 0; target < targets; target++) {
        statistics.row[target] = block.target(i, target);
      }
      statistics.addRow();
    }
    return statistics;
  }

  /** Takes in one example. */
  public void add(Values features) {
    features.copyTo(row);
    addRow();
  }

  private void addRow() {
    if (width > 1) {
      for (int i = 0; i < mean.length; i++) {
        set(i, feature(i).merge(Feature.of(row, i * width, (i + 1) * width)));
      }
    } else {
      double share = 1.0 / (examples + 1);
      for (int i = 0; i < mean.length; i++) {
        double value = row[i];
        double delta = value - mean[i];
        mean[i] += delta * share;
        squares[i] += delta * (value - mean[i]);
        min[i] = examples == 0 ? value : Math.min(min[i], value);
        max[i] = examples == 0 ? value : Math.max(max[i], value);
      }
    }
    examples++;
  }

  /** Takes in what another has seen. */
  public FeatureStatistics merge(FeatureStatistics other) {
    for (int i = 0; i < mean.length; i++) {
      set(i, feature(i).merge(other.feature(i)));
    }
    examples += other.examples;
    return this;
  }

  private Feature feature(int i) {
    return new Feature(examples * width, min[i], max[i], mean[i], squares[i]);
  }

  private void set(int i, Feature feature) {
    min[i] = feature.min();
    max[i] = feature.max();
    mean[i] = feature.mean();
    squares[i] = feature.squares();
  }

  /** One for each column of a table, one for each channel of pictures. */
  public List<Feature> features() {
    return IntStream.range(0, mean.length).mapToObj(this::feature).toList();
  }

  /**
   * What is known of one feature, or of several taken as one.
   *
   * @param values how many were seen
   * @param squares the sum of squared differences from the mean
   */
  public record Feature(long values, double min, double max, double mean, double squares)
      implements Serializable {

    static Feature of(float[] row, int from, int to) {
      double min = row[from];
      double max = row[from];
      double sum = 0;
      for (int i = from; i < to; i++) {
        min = Math.min(min, row[i]);
        max = Math.max(max, row[i]);
        sum += row[i];
      }
      double mean = sum / (to - from);
      double squares = 0;
      for (int i = from; i < to; i++) {
        squares += (row[i] - mean) * (row[i] - mean);
      }
      return new Feature(to - from, min, max, mean, squares);
    }

    /** The standard deviation of the values seen. */
    public double deviation() {
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
}
