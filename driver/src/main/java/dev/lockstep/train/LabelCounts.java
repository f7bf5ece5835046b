package dev.lockstep.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How often each of several labels of an example was told rightly (Tsoumakas, Katakis and Vlahavas
 * 2010, "Mining multi-label data"). Where examples have weights, all but {@link #count} are sums of
 * weights.
 *
 * @param count how many examples
 * @param weight how much they count, together
 * @param exact how much those count of which all labels were told rightly
 * @param labels by number
 */
public record LabelCounts(long count, double weight, double exact, List<Label> labels)
    implements Serializable {
  /** A label is told where its probability is over this. */
  public static final double MORE_PROBABLE_THAN_NOT = 0.5;

  /** Whether a label is told. */
  public static boolean isTold(float probability) {
    return probability > MORE_PROBABLE_THAN_NOT;
  }

  /**
   * One label.
   *
   * @param hits how much examples count that have it and were told to
   * @param falseAlarms how much those count that were told to and have it not
   * @param misses how much those count that have it and were not told to
   */
  public record Label(double hits, double falseAlarms, double misses) implements Serializable {
    private Label plus(Label other) {
      return new Label(hits + other.hits, falseAlarms + other.falseAlarms, misses + other.misses);
    }

    /** Of what was told to have it, the share that has, 0..1; 0 if nothing was. */
    public double precision() {
      return ratio(hits, hits + falseAlarms);
    }

    /** Of what has it, the share that was told to, 0..1; 0 if nothing has. */
    public double recall() {
      return ratio(hits, hits + misses);
    }

    /** The harmonic mean of precision and recall; 0 where nothing has it or was told to. */
    public double f1() {
      return ratio(2 * hits, 2 * hits + falseAlarms + misses);
    }
  }

  /** Counts examples, which must all have nothing but 0 and 1. */
  public static final class Builder {
    private final double[] hits;
    private final double[] falseAlarms;
    private final double[] misses;
    private long count;
    private double weight;
    private double exact;
    private boolean labelsOnly = true;

    /**
     * @param labels how many an example may have
     */
    public Builder(int labels) {
      hits = new double[labels];
      falseAlarms = new double[labels];
      misses = new double[labels];
    }

    /**
     * Takes in one example.
     *
     * @param truths 1 for each label that it has, 0 for others
     * @param probabilities of the labels, 0..1
     * @param counting how much it counts
     */
    public void add(float[] truths, float[] probabilities, double counting) {
      boolean right = true;
      for (int i = 0; i < hits.length; i++) {
        labelsOnly &= truths[i] == 0 || truths[i] == 1;
        boolean told = isTold(probabilities[i]);
        boolean has = truths[i] == 1;
        if (told && has) {
          hits[i] += counting;
        } else if (told) {
          falseAlarms[i] += counting;
        } else if (has) {
          misses[i] += counting;
        }
        right &= told == has;
      }
      count++;
      weight += counting;
      exact += right ? counting : 0;
    }

    /** What was counted; empty if there was a value that is neither 0 nor 1. */
    public Optional<LabelCounts> build() {
      List<Label> labels = new ArrayList<>();
      for (int i = 0; i < hits.length; i++) {
        labels.add(new Label(hits[i], falseAlarms[i], misses[i]));
      }
      return labelsOnly
          ? Optional.of(new LabelCounts(count, weight, exact, List.copyOf(labels)))
          : Optional.empty();
    }
  }

  /** Of the examples of both. */
  public LabelCounts plus(LabelCounts other) {
    List<Label> both = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      both.add(labels.get(i).plus(other.labels.get(i)));
    }
    return new LabelCounts(
        count + other.count, weight + other.weight, exact + other.exact, List.copyOf(both));
  }

  /** The share of examples of which all labels were told rightly, 0..1: the exact matches. */
  public double subsetAccuracy() {
    return ratio(exact, weight);
  }

  /** The share of labels, of all examples, that were told wrongly, 0..1. */
  public double hammingLoss() {
    return ratio(sum(Label::falseAlarms) + sum(Label::misses), weight * labels.size());
  }

  /** F1 of all labels of all examples taken as one. */
  public double microF1() {
    return new Label(sum(Label::hits), sum(Label::falseAlarms), sum(Label::misses)).f1();
  }

  /** The mean of the labels' F1, each label counting alike. */
  public double macroF1() {
    return sum(Label::f1) / labels.size();
  }

  private double sum(ToDoubleFunction<Label> of) {
    return labels.stream().mapToDouble(of).sum();
  }

  private static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
