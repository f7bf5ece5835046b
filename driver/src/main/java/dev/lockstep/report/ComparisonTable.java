package dev.lockstep.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** The outcome of several runs, one line for each kind. */
public final class ComparisonTable {
  /** A run that ends with so many times the least loss of all is counted as stuck. */
  private static final double STUCK = 10;

  private ComparisonTable() {}

  /**
   * One run.
   *
   * @param name of its kind
   * @param loss at its end
   * @param diverged whether the loss became NaN or infinite
   * @param seconds it took
   */
  public record Row(String name, double loss, boolean diverged, double seconds) {}

  /** Median, least and greatest loss of the runs that did not diverge, and the median time. */
  public static String of(List<Row> rows) {
    Map<String, List<Row>> byName =
        rows.stream()
            .collect(Collectors.groupingBy(Row::name, LinkedHashMap::new, Collectors.toList()));
    StringBuilder table =
        new StringBuilder(
            "%-16s %5s %9s %6s %12s %12s %12s %8s%n"
                .formatted(
                    "", "runs", "diverged", "stuck", "median loss", "min", "max", "seconds"));
    double least = losses(rows).min().orElse(Double.NaN);
    byName.forEach((name, runs) -> table.append(line(name, runs, STUCK * least)));
    return table + "stuck: a final loss of more than ten times the least of all\n";
  }

  private static DoubleStream losses(List<Row> runs) {
    return runs.stream().filter(run -> !run.diverged()).mapToDouble(Row::loss);
  }

  private static String line(String name, List<Row> runs, double stuckAbove) {
    double[] losses = losses(runs).sorted().toArray();
    double[] seconds = runs.stream().mapToDouble(Row::seconds).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "%-16s %5d %9d %6d %12.6g %12.6g %12.6g %8.2f%n",
        name,
        runs.size(),
        runs.size() - losses.length,
        Arrays.stream(losses).filter(loss -> loss > stuckAbove).count(),
        median(losses),
        losses.length == 0 ? Double.NaN : losses[0],
        losses.length == 0 ? Double.NaN : losses[losses.length - 1],
        median(seconds));
  }

  private static double median(double[] sorted) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
