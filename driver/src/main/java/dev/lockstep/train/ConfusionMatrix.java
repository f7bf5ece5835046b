package dev.lockstep.train;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How often each class was taken for each. Where examples have weights, shares are of weights.
 *
 * @param counts [actual][predicted]
 * @param weights [actual][predicted]: how much these examples count; null where all count 1
 */
public record ConfusionMatrix(long[][] counts, double[][] weights) implements Serializable {

  /** Of examples that all count 1. */
  public ConfusionMatrix(long[][] counts) {
    this(counts, null);
  }

  static ConfusionMatrix empty(int classes, boolean weighted) {
    return new ConfusionMatrix(
        new long[classes][classes], weighted ? new double[classes][classes] : null);
  }

  /** Of no examples of such classes. */
  ConfusionMatrix none() {
    return empty(classes(), weights != null);
  }

  void add(Prediction prediction, float weight) {
    counts[prediction.label()][prediction.predicted()]++;
    if (weights != null) {
      weights[prediction.label()][prediction.predicted()] += weight;
    }
  }

  void add(ConfusionMatrix other) {
    for (int actual = 0; actual < counts.length; actual++) {
      for (int predicted = 0; predicted < counts.length; predicted++) {
        counts[actual][predicted] += other.counts[actual][predicted];
        if (weights != null) {
          weights[actual][predicted] += other.weights[actual][predicted];
        }
      }
    }
  }

  private double at(int actual, int predicted) {
    return weights == null ? counts[actual][predicted] : weights[actual][predicted];
  }

  /** How much all examples count. */
  public double weight() {
    return IntStream.range(0, classes()).mapToDouble(this::actual).sum();
  }

  private double actual(int c) {
    return IntStream.range(0, classes()).mapToDouble(predicted -> at(c, predicted)).sum();
  }

  private double predicted(int c) {
    return IntStream.range(0, classes()).mapToDouble(actual -> at(actual, c)).sum();
  }

  /** How many classes. */
  public int classes() {
    return counts.length;
  }

  /** How many examples. */
  public long total() {
    return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
  }

  /** How many examples were recognised. */
  public long correct() {
    long correct = 0;
    for (int c = 0; c < counts.length; c++) {
      correct += counts[c][c];
    }
    return correct;
  }

  /** The share of examples that were recognised, 0..1. */
  public double accuracy() {
    return ratio(IntStream.range(0, classes()).mapToDouble(c -> at(c, c)).sum(), weight());
  }

  /** Of what was taken for the class, the share that is of it, 0..1; 0 if nothing was. */
  public double precision(int c) {
    return ratio(at(c, c), predicted(c));
  }

  /** Of what is of the class, the share that was taken for it, 0..1; 0 if nothing is. */
  public double recall(int c) {
    return ratio(at(c, c), actual(c));
  }

  /** The harmonic mean of precision and recall. */
  public double f1(int c) {
    double sum = precision(c) + recall(c);
    return sum == 0 ? 0 : 2 * precision(c) * recall(c) / sum;
  }

  /** The mean of the classes' F1, each class counting alike. */
  public double macroF1() {
    return IntStream.range(0, classes()).mapToDouble(this::f1).average().orElse(0);
  }

  /** The mean recall of the classes that there are examples of, each counting alike. */
  public double balancedAccuracy() {
    return IntStream.range(0, classes())
        .filter(c -> actual(c) > 0)
        .mapToDouble(this::recall)
        .average()
        .orElse(0);
  }

  private static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
