package dev.lockstep.train;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/** How a network did on data. */
public sealed interface Evaluation extends Serializable {

  /** How many examples there were. */
  long examples();

  /** The network's loss, summed over the examples, each times its weight. */
  double lossSum();

  /** The same without examples of what it got wrong. */
  default Evaluation withoutMistakes() {
    return this;
  }

  /** For validation. */
  Score score();

  /**
   * Of all the parts' examples: of labels, as long as all parts are.
   *
   * @param parts of the same network, at least one
   */
  static Evaluation joined(List<? extends Evaluation> parts) {
    if (parts.get(0) instanceof Classification) {
      return Classification.joined(parts.stream().map(Classification.class::cast).toList());
    }
    return parts.stream().allMatch(MultiLabel.class::isInstance)
        ? MultiLabel.joined(parts.stream().map(MultiLabel.class::cast).toList())
        : Regression.joined(parts.stream().map(Evaluation::numbers).toList());
  }

  /** The same of no classifier, its labels taken for numbers. */
  static Regression numbers(Evaluation evaluation) {
    return evaluation instanceof MultiLabel labels ? labels.numbers() : (Regression) evaluation;
  }

  /**
   * Of a classifier.
   *
   * @param confusion over all examples
   * @param mistakes examples it got wrong, by partition and then order; at most 500 of each
   *     partition
   */
  record Classification(ConfusionMatrix confusion, List<Prediction> mistakes, double lossSum)
      implements Evaluation {
    /** Of all the parts' examples. */
    static Classification joined(List<Classification> parts) {
      ConfusionMatrix confusion = parts.get(0).confusion().none();
      parts.forEach(part -> confusion.add(part.confusion()));
      return new Classification(
          confusion,
          parts.stream().flatMap(part -> part.mistakes().stream()).toList(),
          parts.stream().mapToDouble(Classification::lossSum).sum());
    }

    @Override
    public Classification withoutMistakes() {
      return new Classification(confusion, List.of(), lossSum);
    }

    @Override
    public long examples() {
      return confusion.total();
    }

    @Override
    public Score score() {
      return new Score(lossSum / confusion.weight(), confusion.accuracy());
    }
  }

  /**
   * Of a network that tells of each of several labels whether an example has it.
   *
   * @param numbers the same, of probabilities as numbers
   */
  record MultiLabel(LabelCounts labels, Regression numbers) implements Evaluation {
    private static MultiLabel joined(List<MultiLabel> parts) {
      return new MultiLabel(
          parts.stream().map(MultiLabel::labels).reduce(LabelCounts::plus).orElseThrow(),
          Regression.joined(parts.stream().map(MultiLabel::numbers).toList()));
    }

    @Override
    public long examples() {
      return labels.count();
    }

    @Override
    public double lossSum() {
      return numbers.lossSum();
    }

    @Override
    public Score score() {
      return new Score(lossSum() / labels.weight(), labels.subsetAccuracy());
    }
  }

  /**
   * Of a network that predicts numbers.
   *
   * @param targets one for each number
   */
  record Regression(List<TargetErrors> targets, double lossSum) implements Evaluation {
    /** Of all the parts' examples. */
    static Regression joined(List<Regression> parts) {
      return new Regression(
          IntStream.range(0, parts.get(0).targets().size())
              .mapToObj(
                  target ->
                      parts.stream()
                          .map(part -> part.targets().get(target))
                          .reduce(TargetErrors.NONE, TargetErrors::plus))
              .toList(),
          parts.stream().mapToDouble(Regression::lossSum).sum());
    }

    @Override
    public long examples() {
      return targets.get(0).count();
    }

    @Override
    public Score score() {
      return new Score(lossSum / targets.get(0).weight(), Double.NaN);
    }
  }
}
