package dev.lockstep.report;

import dev.lockstep.data.Schema;
import dev.lockstep.train.ConfusionMatrix;
import dev.lockstep.train.Evaluation;
import dev.lockstep.train.Evaluation.Classification;
import dev.lockstep.train.Evaluation.Regression;
import dev.lockstep.train.TargetErrors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** An evaluation as text. */
public final class EvaluationTable {
  private EvaluationTable() {}

  /** The evaluation on one line. */
  public static String line(Evaluation evaluation) {
    return evaluation instanceof Classification classifier
        ? accuracy(classifier.confusion())
        : "%s (%s examples)"
            .formatted(Figures.line(figures(evaluation)), Figures.count(evaluation.examples()));
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
    List<TargetErrors> targets = ((Regression) evaluation).targets();
    figures.put("mse", mean(targets, TargetErrors::mse));
    figures.put("mae", mean(targets, TargetErrors::mae));
    figures.put("r2", mean(targets, TargetErrors::r2));
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
    boolean classes = targets.isEmpty();
    rows.add(
        classes
            ? List.of(column, "examples", "accuracy", "macro F1", "loss")
            : List.of(column, "examples", "target", "mse", "mae", "r2"));
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
              } else if (e.getValue() instanceof Regression group) {
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
    int width = width(names, 5);
    StringBuilder table =
        new StringBuilder(" ".repeat(width - 5) + "class  precision  recall      f1\n");
    for (int c = 0; c < confusion.classes(); c++) {
      table.append(
          String.format(
              Locale.ROOT,
              "%" + width + "s     %.4f  %.4f  %.4f%n",
              names.get(c),
              confusion.precision(c),
              confusion.recall(c),
              confusion.f1(c)));
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
