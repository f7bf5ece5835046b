package dev.lockstep.report;

import dev.lockstep.data.Schema;
import dev.lockstep.train.ConfusionMatrix;
import dev.lockstep.train.Evaluation;
import dev.lockstep.train.Evaluation.Classification;
import dev.lockstep.train.Evaluation.Regression;
import dev.lockstep.train.TargetErrors;
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

  /** Accuracy on one line. */
  public static String accuracy(ConfusionMatrix confusion) {
    return "accuracy %s (%s of %s)"
        .formatted(
            Figures.proportion(confusion.accuracy()),
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
