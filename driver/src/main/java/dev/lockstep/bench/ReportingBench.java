package dev.lockstep.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.commons.io.FileUtils;

/** What reporting costs: the same training, unwatched and with all reporting there is, in turn. */
public final class ReportingBench {
  private final BenchSetup setup;
  private final LockstepContenders lockstep;

  public ReportingBench(BenchSetup setup) {
    this.setup = setup;
    lockstep = new LockstepContenders(setup);
  }

  /**
   * The same training twice.
   *
   * @param bareSeconds without reporting
   * @param watchedSeconds with all of it
   * @param reportingSeconds of the latter, while training waited for reporting
   */
  record Pair(double bareSeconds, double watchedSeconds, double reportingSeconds) {}

  /**
   * Medians over pairs.
   *
   * @param ratio how many times as long the watched training of a pair took
   * @param share of the watched training that was spent reporting, 0..1
   */
  public record Cost(double bareSeconds, double watchedSeconds, double ratio, double share) {
    static Cost of(List<Pair> pairs) {
      return new Cost(
          Benchmark.median(pairs, Pair::bareSeconds),
          Benchmark.median(pairs, Pair::watchedSeconds),
          Benchmark.median(pairs, pair -> pair.watchedSeconds() / pair.bareSeconds()),
          Benchmark.median(pairs, pair -> pair.reportingSeconds() / pair.watchedSeconds()));
    }
  }

  /**
   * Trains one pair to warm up, then those that are timed. Which of a pair comes first alternates,
   * so that what slows the machine for a while favours neither.
   *
   * @param progress receives a line for each pair
   */
  public Cost measure(int pairs, Consumer<String> progress) {
    List<Pair> measured = new ArrayList<>();
    for (int number = 0; number <= pairs; number++) {
      Pair pair = number % 2 == 0 ? bareFirst() : watchedFirst();
      progress.accept(
          String.format(
              Locale.ROOT,
              "%s  %.3f s without, %.3f s with reporting",
              number == 0 ? "warm-up" : "pair " + number + "/" + pairs,
              pair.bareSeconds(),
              pair.watchedSeconds()));
      if (number > 0) {
        measured.add(pair);
      }
    }
    return Cost.of(measured);
  }

  private Pair bareFirst() {
    double bare = bare();
    Watched watched = watched();
    return new Pair(bare, watched.seconds(), watched.reportingSeconds());
  }

  private Pair watchedFirst() {
    Watched watched = watched();
    return new Pair(bare(), watched.seconds(), watched.reportingSeconds());
  }

  private double bare() {
    return lockstep.watched(Watch.NONE).seconds();
  }

  private record Watched(double seconds, double reportingSeconds) {}

  private Watched watched() {
    try {
      Path folder = Files.createTempDirectory("lockstep-bench");
      try {
        FullReporting reporting = new FullReporting(setup, folder);
        double seconds = lockstep.watched(reporting.watch()).seconds();
        return new Watched(seconds, reporting.seconds());
      } finally {
        FileUtils.deleteDirectory(folder.toFile());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
