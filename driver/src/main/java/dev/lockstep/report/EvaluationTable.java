package dev.lockstep.report;

import dev.lockstep.data.Schema;
import dev.lockstep.train.ConfusionMatrix;
import dev.lockstep.train.Evaluation;
import dev.lockstep.train.Evaluation.Classification;
import dev.lockstep.train.Evaluation.MultiLabel;
import dev.lockstep.train.Evaluation.Regression;
import dev.lockstep.train.LabelCounts;
import dev.lockstep.train.TargetErrors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;

/** An evaluation as text. */
public final class EvaluationTable {
  private EvaluationTable() {}

  /** The evaluation on one line. */
  public static String line(Evaluation evaluation) {
    if (evaluation instanceof Classification classifier) {
      return accuracy(classifier.confusion());
    }
    return evaluation instanceof MultiLabel told
        ? labels(told.labels())
        : "%s (%s examples)"
            .formatted(Figures.line(figures(evaluation)), Figures.count(evaluation.examples()));
  }

  /** How several labels of an example were told, on one line. */
  public static String labels(LabelCounts counts) {
    return "%d labels of each of %s examples%s: subset accuracy %s  Hamming loss %s  micro F1 %s  macro F1 %s"
        .formatted(
            counts.labels().size(),
            Figures.count(counts.count()),
            counts.weight() == counts.count() ? "" : " by weights",
            Figures.proportion(counts.subsetAccuracy()),
            Figures.proportion(counts.hammingLoss()),
            Figures.proportion(counts.microF1()),
            Figures.proportion(counts.macroF1()));
  }

  /** What figures of several labels mean, on one line. */
  public static String labelsExplained() {
    return "a label is told where its probability is over %s; subset accuracy is of examples of which all labels are right"
        .formatted(LabelCounts.MORE_PROBABLE_THAN_NOT);
  }

  /** What the network's cross-entropy, in nats, says of each step; on a line of its own. */
  public static String eachStep(Classification evaluation) {
    double loss = evaluation.score().loss();
    return String.format(Locale.ROOT, "%nloss %.4f a step, perplexity %.3f", loss, Math.exp(loss));
  }

  /** What sums the evaluation up, by name; of several targets the mean. */
  public static Map<String, Double> figures(Evaluation evaluation) {
    Map<String, Double> figures = new LinkedHashMap<>();
    if (evaluation instanceof Classification classifier) {
      figures.put("accuracy", classifier.confusion().accuracy());
      figures.put("balancedAccuracy", classifier.confusion().balancedAccuracy());
      figures.put("macroF1", classifier.confusion().macroF1());
      return figures;
    }
    if (evaluation instanceof MultiLabel told) {
      return figures(told.labels());
    }
    List<TargetErrors> targets = ((Regression) evaluation).targets();
    figures.put("mse", mean(targets, TargetErrors::mse));
    figures.put("mae", mean(targets, TargetErrors::mae));
    figures.put("r2", mean(targets, TargetErrors::r2));
    return figures;
  }

  /** What sums several labels up, by name. */
  public static Map<String, Double> figures(LabelCounts labels) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("subsetAccuracy", labels.subsetAccuracy());
    figures.put("hammingLoss", labels.hammingLoss());
    figures.put("microF1", labels.microF1());
    figures.put("macroF1", labels.macroF1());
    return figures;
  }

  private static double mean(List<TargetErrors> targets, ToDoubleFunction<TargetErrors> measure) {
    return targets.stream().mapToDouble(measure).average().orElseThrow();
  }

  /** Mean squared error, mean absolute error and R² of each target, called by its number. */
  public static String perTarget(Regression evaluation) {
    return perTarget(evaluation, Schema.numbered(evaluation.targets().size()));
  }

  /**
   * Mean squared error, mean absolute error and R² of each target.
   *
   * @param names of the targets
   */
  public static String perTarget(Regression evaluation, List<String> names) {
    int width = width(names, 6);
    StringBuilder table =
        new StringBuilder(" ".repeat(width - 6) + "target          mse          mae          r2\n");
    for (int i = 0; i < evaluation.targets().size(); i++) {
      TargetErrors errors = evaluation.targets().get(i);
      table.append(
          String.format(
              Locale.ROOT,
              "%" + width + "s %12s %12s %11.6f%n",
              names.get(i),
              Figures.quantity(errors.mse()),
              Figures.quantity(errors.mae()),
              errors.r2()));
    }
    return table.toString();
  }

  /** The same as values. */
  public static Map<String, Map<String, Double>> figuresOf(
      Regression evaluation, List<String> names) {
    Map<String, Map<String, Double>> figures = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      TargetErrors errors = evaluation.targets().get(i);
      Map<String, Double> own = new LinkedHashMap<>();
      own.put("mse", errors.mse());
      own.put("mae", errors.mae());
      own.put("r2", errors.r2());
      figures.put(names.get(i), own);
    }
    return figures;
  }

  /** Precision, recall and F1 of each label, as values. */
  public static Map<String, Map<String, Double>> figuresOf(LabelCounts counts, List<String> names) {
    Map<String, Map<String, Double>> figures = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      LabelCounts.Label label = counts.labels().get(i);
      Map<String, Double> own = new LinkedHashMap<>();
      own.put("precision", label.precision());
      own.put("recall", label.recall());
      own.put("f1", label.f1());
      figures.put(names.get(i), own);
    }
    return figures;
  }

  /**
   * Precision, recall and F1 of each label.
   *
   * @param names of the labels
   */
  public static String perLabel(LabelCounts counts, List<String> names) {
    return precisionAndRecall(
        "label",
        names,
        i -> counts.labels().get(i).precision(),
        i -> counts.labels().get(i).recall(),
        i -> counts.labels().get(i).f1());
  }

  /**
   * How each group did, largest first.
   *
   * @param column that groups have the values of
   * @param targets what the numbers are called that are predicted; none of a classifier
   * @param others how many other values there are, whose rows are the group without a name
   */
  public static String byGroup(
      Map<String, Evaluation> groups, String column, List<String> targets, long others) {
    List<List<String>> rows = new ArrayList<>();
    boolean labels = groups.values().stream().allMatch(MultiLabel.class::isInstance);
    if (targets.isEmpty()) {
      rows.add(List.of(column, "examples", "accuracy", "macro F1", "loss"));
    } else if (labels) {
      rows.add(List.of(column, "examples", "subset accuracy", "micro F1", "macro F1", "loss"));
    } else {
      rows.add(List.of(column, "examples", "target", "mse", "mae", "r2"));
    }
    groups.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<String, Evaluation> e) -> e.getKey().isEmpty())
                .thenComparing(e -> -e.getValue().examples())
                .thenComparing(Map.Entry::getKey))
        .forEach(
            e -> {
              String name = e.getKey().isEmpty() ? others + " others" : e.getKey();
              String count = Figures.count(e.getValue().examples());
              if (e.getValue() instanceof Classification group) {
                rows.add(
                    List.of(
                        name,
                        count,
                        Figures.proportion(group.confusion().accuracy()),
                        Figures.proportion(group.confusion().macroF1()),
                        Figures.quantity(group.score().loss())));
              } else if (labels && e.getValue() instanceof MultiLabel group) {
                rows.add(
                    List.of(
                        name,
                        count,
                        Figures.proportion(group.labels().subsetAccuracy()),
                        Figures.proportion(group.labels().microF1()),
                        Figures.proportion(group.labels().macroF1()),
                        Figures.quantity(group.score().loss())));
              } else {
                Regression group = Evaluation.numbers(e.getValue());
                for (int i = 0; i < group.targets().size(); i++) {
                  TargetErrors errors = group.targets().get(i);
                  rows.add(
                      List.of(
                          name,
                          count,
                          targets.get(i),
                          Figures.quantity(errors.mse()),
                          Figures.quantity(errors.mae()),
                          String.format(Locale.ROOT, "%.6f", errors.r2())));
                }
              }
            });
    return aligned(rows);
  }

  private static String aligned(List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    rows.forEach(
        row -> {
          for (int i = 0; i < columns; i++) {
            widths[i] = Math.max(widths[i], row.get(i).length());
          }
        });
    StringBuilder table = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(i == 0 ? "" : "  ").append(("%" + widths[i] + "s").formatted(row.get(i)));
      }
      table.append(line).append('\n');
    }
    return table.toString();
  }

  /** Accuracy on one line. */
  public static String accuracy(ConfusionMatrix confusion) {
    return "accuracy %s%s (%s of %s)"
        .formatted(
            Figures.proportion(confusion.accuracy()),
            confusion.weights() == null ? "" : " by weights",
            Figures.count(confusion.correct()),
            Figures.count(confusion.total()));
  }

  /** What accuracy does not say where classes are of unequal size, on one line. */
  public static String byClass(ConfusionMatrix confusion) {
    return "each class counting alike: balanced accuracy %s, macro F1 %s"
        .formatted(
            Figures.proportion(confusion.balancedAccuracy()),
            Figures.proportion(confusion.macroF1()));
  }

  /**
   * Precision, recall and F1 of each class.
   *
   * @param names of the classes, by number
   */
  public static String perClass(ConfusionMatrix confusion, List<String> names) {
    return precisionAndRecall(
        "class", names, confusion::precision, confusion::recall, confusion::f1);
  }

  private static String precisionAndRecall(
      String head,
      List<String> names,
      IntToDoubleFunction precision,
      IntToDoubleFunction recall,
      IntToDoubleFunction f1) {
    int width = width(names, head.length());
    StringBuilder table =
        new StringBuilder(
            " ".repeat(width - head.length()) + head + "  precision  recall      f1\n");
    for (int i = 0; i < names.size(); i++) {
      table.append(
          String.format(
              Locale.ROOT,
              "%" + width + "s     %.4f  %.4f  %.4f%n",
              names.get(i),
              precision.applyAsDouble(i),
              recall.applyAsDouble(i),
              f1.applyAsDouble(i)));
    }
    return table.toString();
  }

  private static int width(List<String> names, int least) {
    return Math.max(least, names.stream().mapToInt(String::length).max().orElse(0));
  }

  /**
   * The confusion matrix, one row for each actual class.
   *
   * @param names of the classes, by number
   */
  public static String matrix(ConfusionMatrix confusion, List<String> names) {
    int width = width(names, 5);
    String cell = "%" + (2 + width(names, 5)) + "s";
    StringBuilder table = new StringBuilder("actual \\ predicted\n" + " ".repeat(width));
    names.forEach(name -> table.append(cell.formatted(name)));
    table.append('\n');
    for (int actual = 0; actual < confusion.classes(); actual++) {
      table.append(("%" + width + "s").formatted(names.get(actual)));
      for (long count : confusion.counts()[actual]) {
        table.append(cell.formatted(count));
      }
      table.append('\n');
    }
    return table.toString();
  }
}
