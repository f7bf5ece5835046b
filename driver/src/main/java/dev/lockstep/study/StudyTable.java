package dev.lockstep.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What cells brought, kind by kind; cells of a kind differ by seed. */
public final class StudyTable {
  private static final double POINTS = 100;
  private static final double MEGA = 1e6;

  /** What a line tells. */
  public static final List<String> HEADS =
      List.of(
          "network",
          "data",
          "optimizer",
          "rate",
          "workers",
          "period",
          "outer",
          "schedule",
          "weights",
          "runs",
          "accuracy",
          "least",
          "greatest",
          "one process",
          "rounds",
          "MB sent",
          "seconds");

  private StudyTable() {}

  /**
   * A kind of cells.
   *
   * @param kind its first cell
   * @param diverged how many of its runs are not counted, as their loss was no finite number
   * @param accuracy the median, in per cent; of the weights averaged over time where there are any
   * @param alone how much more that is than the median of one worker, in points; NaN if none was
   *     trained
   * @param rounds the median
   * @param megabytes sent by each worker, the median
   * @param seconds the median
   */
  public record Line(
      StudyCell kind,
      double rate,
      int runs,
      int diverged,
      double accuracy,
      double least,
      double greatest,
      double alone,
      double rounds,
      double megabytes,
      double seconds) {

    /** As text, in the order of {@link #HEADS}. */
    public List<String> cells() {
      String counted = diverged == 0 ? "" + runs : "%d, %d diverged".formatted(runs, diverged);
      return List.of(
          kind.network(),
          kind.data(),
          kind.optimizer(),
          String.format(Locale.ROOT, "%.4g", rate),
          "" + kind.workers(),
          kind.workers() == 1 ? "-" : kind.averaging().period(),
          kind.averaging().outer(),
          kind.schedule(),
          kind.weights(),
          counted,
          number("%.2f", accuracy),
          number("%.2f", least),
          number("%.2f", greatest),
          kind.workers() == 1 ? "" : number("%+.2f", alone),
          number("%.0f", rounds),
          kind.workers() == 1 ? "" : number("%.1f", megabytes),
          number("%.2f", seconds));
    }
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }

  /** A line for each kind, in the order in which they come. */
  public static List<Line> lines(List<StudyRow> rows) {
    Map<StudyCell, List<StudyRow>> kinds =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.cell().kind(), LinkedHashMap::new, Collectors.toList()));
    return kinds.entrySet().stream()
        .map(kind -> line(kind.getKey(), kind.getValue(), kinds.get(kind.getKey().alone())))
        .toList();
  }

  private static Line line(StudyCell kind, List<StudyRow> rows, List<StudyRow> alone) {
    double[] accuracies = accuracies(rows);
    double median = median(accuracies);
    return new Line(
        kind,
        rows.get(0).rate(),
        rows.size(),
        rows.size() - accuracies.length,
        median,
        accuracies.length == 0 ? Double.NaN : accuracies[0],
        accuracies.length == 0 ? Double.NaN : accuracies[accuracies.length - 1],
        alone == null ? Double.NaN : median - median(accuracies(alone)),
        median(rows.stream().mapToDouble(StudyRow::rounds).sorted().toArray()),
        median(rows.stream().mapToDouble(StudyRow::sentBytes).sorted().toArray()) / MEGA,
        median(rows.stream().mapToDouble(StudyRow::seconds).sorted().toArray()));
  }

  /** In per cent, ascending, of the rows that did not diverge. */
  private static double[] accuracies(List<StudyRow> rows) {
    return rows.stream()
        .filter(row -> !row.diverged())
        .mapToDouble(
            row ->
                POINTS
                    * (Double.isNaN(row.averageAccuracy())
                        ? row.accuracy()
                        : row.averageAccuracy()))
        .sorted()
        .toArray();
  }

  private static double median(double[] sorted) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** All lines as a table of Markdown; a column that is the same in all lines is left out. */
  public static String of(List<StudyRow> rows) {
    List<List<String>> table = new ArrayList<>();
    table.add(HEADS);
    lines(rows).forEach(line -> table.add(line.cells()));
    List<Integer> told = told(table);
    int[] widths = new int[HEADS.size()];
    for (int column : told) {
      widths[column] = table.stream().mapToInt(row -> row.get(column).length()).max().orElse(1);
    }
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < table.size(); line++) {
      for (int column : told) {
        text.append("| ").append(padded(table.get(line).get(column), widths[column])).append(' ');
      }
      text.append("|\n");
      if (line == 0) {
        told.forEach(column -> text.append('|').append("-".repeat(widths[column] + 2)));
        text.append("|\n");
      }
    }
    return text.toString();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  /** Columns that tell lines apart, or are figures. */
  private static List<Integer> told(List<List<String>> table) {
    List<Integer> told = new ArrayList<>();
    for (int column = 0; column < HEADS.size(); column++) {
      int at = column;
      long values = table.stream().skip(1).map(row -> row.get(at)).distinct().count();
      if (values > 1 || column >= HEADS.indexOf("runs") || column == 0) {
        told.add(column);
      }
    }
    return told;
  }
}
