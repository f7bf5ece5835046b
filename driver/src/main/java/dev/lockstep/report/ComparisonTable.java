package dev.lockstep.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** The outcome of several runs, kind by kind. */
public final class ComparisonTable {
  /** A run that ends with so many times the least loss of all is counted as stuck. */
  private static final double STUCK = 10;

  /** What that means. */
  public static final String STUCK_NOTE =
      "stuck: a final loss of more than ten times the least of all";

  private ComparisonTable() {}

  /**
   * Runs that differ by seed only. Losses are of those that did not diverge, and NaN if all did.
   *
   * @param runs how many
   * @param median of the final losses
   * @param seconds the median
   */
  public record Line(
      String kind,
      int runs,
      int diverged,
      long stuck,
      double median,
      double min,
      double max,
      double seconds) {}

  /** A line for each kind, in the order in which they come. */
  public static List<Line> lines(List<ComparedRun> runs) {
    Map<String, List<ComparedRun>> byKind =
        runs.stream()
            .collect(
                Collectors.groupingBy(ComparedRun::kind, LinkedHashMap::new, Collectors.toList()));
    double stuckAbove = STUCK * losses(runs).min().orElse(Double.NaN);
    return byKind.entrySet().stream()
        .map(kind -> line(kind.getKey(), kind.getValue(), stuckAbove))
        .toList();
  }

  private static Line line(String kind, List<ComparedRun> runs, double stuckAbove) {
    double[] losses = losses(runs).sorted().toArray();
    double[] seconds = runs.stream().mapToDouble(ComparedRun::seconds).sorted().toArray();
    return new Line(
        kind,
        runs.size(),
        runs.size() - losses.length,
        Arrays.stream(losses).filter(loss -> loss > stuckAbove).count(),
        median(losses),
        losses.length == 0 ? Double.NaN : losses[0],
        losses.length == 0 ? Double.NaN : losses[losses.length - 1],
        median(seconds));
  }

  private static DoubleStream losses(List<ComparedRun> runs) {
    return runs.stream().filter(run -> !run.diverged()).mapToDouble(ComparedRun::loss);
  }

  private static double median(double[] sorted) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** All lines as text. */
  public static String of(List<ComparedRun> runs) {
    StringBuilder table =
        new StringBuilder(
            "%-16s %5s %9s %6s %12s %12s %12s %8s%n"
                .formatted(
                    "", "runs", "diverged", "stuck", "median loss", "min", "max", "seconds"));
    for (Line line : lines(runs)) {
      table.append(
          String.format(
              Locale.ROOT,
              "%-16s %5d %9d %6d %12.6g %12.6g %12.6g %8.2f%n",
              line.kind(),
              line.runs(),
              line.diverged(),
              line.stuck(),
              line.median(),
              line.min(),
              line.max(),
              line.seconds()));
    }
    return table + STUCK_NOTE + "\n";
  }
}
