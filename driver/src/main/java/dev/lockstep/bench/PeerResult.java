package dev.lockstep.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How fast a peer trains a network.
 *
 * @param name with what computes
 * @param examplesASecond trained
 * @param ratio how many times as many the first peer trains, in the piece beside each
 * @param cores how many were busy, with what the JVM itself does
 */
public record PeerResult(
    String name, Spread examplesASecond, Spread ratio, double cores, Losses losses) {

  /** A piece of training: examples a second, and cores busy meanwhile. */
  record Piece(double rate, double cores) {}

  /** What pieces of training give. */
  public record Spread(double median, double lowest, double highest) {
    static Spread of(DoubleStream values) {
      double[] sorted = values.sorted().toArray();
      return new Spread(
          Benchmark.median(DoubleStream.of(sorted).boxed().toList(), value -> value),
          sorted[0],
          sorted[sorted.length - 1]);
    }
  }

  /** The mean loss of the first minibatch's examples, before and after one pass over all. */
  public record Losses(double first, double last) {}

  static PeerResult of(String name, List<Piece> pieces, List<Piece> first, Losses losses) {
    return new PeerResult(
        name,
        Spread.of(pieces.stream().mapToDouble(Piece::rate)),
        Spread.of(
            IntStream.range(0, pieces.size())
                .mapToDouble(i -> first.get(i).rate() / pieces.get(i).rate())),
        Benchmark.median(pieces, Piece::cores),
        losses);
  }

  /** One line for each. */
  public static String table(PeerTask task, List<PeerResult> results) {
    StringBuilder table =
        new StringBuilder(
            "%-28s %10s  %-17s %8s  %-11s %6s  %s%n"
                .formatted(
                    "%s, minibatch %d".formatted(task.network(), task.batch()),
                    "examples/s",
                    "lowest–highest",
                    "ratio",
                    "",
                    "cores",
                    "loss after " + task.minibatches().size() + " steps"));
    for (PeerResult result : results) {
      table.append(result.line());
    }
    return table.toString();
  }

  private String line() {
    return String.format(
        Locale.ROOT,
        "%-28s %,10.0f  %-17s %8.2f  %-11s %6.2f  %.4f → %.4f%n",
        name,
        examplesASecond.median(),
        String.format(
            Locale.ROOT, "%,.0f–%,.0f", examplesASecond.lowest(), examplesASecond.highest()),
        ratio.median(),
        String.format(Locale.ROOT, "%.2f–%.2f", ratio.lowest(), ratio.highest()),
        cores,
        losses.first(),
        losses.last());
  }
}
