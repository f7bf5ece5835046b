package dev.lockstep.report.html;

import dev.lockstep.report.Figures;
import dev.lockstep.report.TimeSplit;
import dev.lockstep.strategy.WorkerTime;
import dev.lockstep.train.RoundTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Where time went, and how evenly. */
final class TimeCards {
  private static final int MOST_WORKERS = 24;
  private static final double NANOS = 1e9;
  private static final double MILLIS = 1e3;

  private TimeCards() {}

  /** A mean round, in milliseconds. */
  static Html round(RoundTime time, long rounds) {
    Map<String, Double> parts = new LinkedHashMap<>();
    TimeSplit.seconds(time)
        .forEach((part, seconds) -> parts.put(part, seconds * MILLIS / Math.max(1, rounds)));
    return Html.join(
        new StackedBars(Map.of("mean round", parts), "ms", 0).html(),
        Html.of(
            "<p class='muted'>Means over %s rounds and all workers. Launch: Spark starting workers"
                + " and bringing back what they return. Waiting: for workers that had not come as"
                + " far.</p>",
            Figures.count(rounds)));
  }

  /** What each worker did, the slowest first if not all can be shown. */
  static Html workers(RoundTime time) {
    List<WorkerTime> workers = time.workers();
    List<Integer> shown =
        workers.size() <= MOST_WORKERS
            ? IntStream.range(0, workers.size()).boxed().toList()
            : IntStream.range(0, workers.size())
                .boxed()
                .sorted(Comparator.comparingLong((Integer w) -> workers.get(w).waiting()))
                .limit(MOST_WORKERS)
                .toList();
    Map<String, Map<String, Double>> bars = new LinkedHashMap<>();
    shown.forEach(worker -> bars.put("worker " + worker, parts(workers.get(worker))));
    String rest =
        shown.size() == workers.size()
            ? ""
            : "The %d of %d workers that waited least.".formatted(shown.size(), workers.size());
    return Html.join(
        new Html("<h3>Workers</h3>"),
        new StackedBars(bars, "s", 1).html(),
        Html.of("<p class='muted'>%s</p>", rest));
  }

  private static Map<String, Double> parts(WorkerTime time) {
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("data", time.data() / NANOS);
    parts.put("compute", time.compute() / NANOS);
    parts.put("combine", time.combine() / NANOS);
    parts.put("waiting", time.waiting() / NANOS);
    return parts;
  }
}
