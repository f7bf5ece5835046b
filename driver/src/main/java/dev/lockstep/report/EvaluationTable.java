package dev.lockstep.report;

import dev.lockstep.train.ConfusionMatrix;
import java.util.Locale;

/** An evaluation as text. */
public final class EvaluationTable {
  private EvaluationTable() {}

  /** Accuracy on one line. */
  public static String accuracy(ConfusionMatrix confusion) {
    return "accuracy %s (%s of %s)"
        .formatted(
            Figures.proportion(confusion.accuracy()),
            Figures.count(confusion.correct()),
            Figures.count(confusion.total()));
  }

  /** Precision, recall and F1 of each class. */
  public static String perClass(ConfusionMatrix confusion) {
    StringBuilder table = new StringBuilder("class  precision  recall      f1\n");
    for (int c = 0; c < confusion.classes(); c++) {
      table.append(
          String.format(
              Locale.ROOT,
              "%5d     %.4f  %.4f  %.4f%n",
              c,
              confusion.precision(c),
              confusion.recall(c),
              confusion.f1(c)));
    }
    return table.toString();
  }

  /** The confusion matrix, one row for each actual class. */
  public static String matrix(ConfusionMatrix confusion) {
    StringBuilder table = new StringBuilder("actual \\ predicted\n     ");
    for (int c = 0; c < confusion.classes(); c++) {
      table.append(String.format(Locale.ROOT, "%7d", c));
    }
    table.append('\n');
    for (int actual = 0; actual < confusion.classes(); actual++) {
      table.append(String.format(Locale.ROOT, "%5d", actual));
      for (long count : confusion.counts()[actual]) {
        table.append(String.format(Locale.ROOT, "%7d", count));
      }
      table.append('\n');
    }
    return table.toString();
  }
}
