package dev.lockstep.train;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How often each class was taken for each.
 *
 * @param counts [actual][predicted]
 */
public record ConfusionMatrix(long[][] counts) implements Serializable {

  static ConfusionMatrix empty(int classes) {
    return new ConfusionMatrix(new long[classes][classes]);
  }

  void add(Prediction prediction) {
    counts[prediction.label()][prediction.predicted()]++;
  }

  void add(ConfusionMatrix other) {
    for (int actual = 0; actual < counts.length; actual++) {
      for (int predicted = 0; predicted < counts.length; predicted++) {
        counts[actual][predicted] += other.counts[actual][predicted];
      }
    }
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
    return ratio(correct(), total());
  }

  /** Of what was taken for the class, the share that is of it, 0..1; 0 if nothing was. */
  public double precision(int c) {
    return ratio(counts[c][c], Arrays.stream(counts).mapToLong(row -> row[c]).sum());
  }

  /** Of what is of the class, the share that was taken for it, 0..1; 0 if nothing is. */
  public double recall(int c) {
    return ratio(counts[c][c], Arrays.stream(counts[c]).sum());
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
        .filter(c -> Arrays.stream(counts[c]).sum() > 0)
        .mapToDouble(this::recall)
        .average()
        .orElse(0);
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
