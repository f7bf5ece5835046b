package dev.lockstep.report;

import dev.lockstep.train.RoundTime;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Where time went, part by part. */
public final class TimeSplit {
  private TimeSplit() {}

  /** Seconds of each part, by name. */
  public static Map<String, Double> seconds(RoundTime time) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    seconds.put("launch", time.launch());
    seconds.put("data", time.data());
    seconds.put("compute", time.compute());
    seconds.put("combine", time.combine());
    seconds.put("waiting", time.waiting());
    return seconds;
  }

  /** The share of each part, on one line. */
  public static String line(RoundTime time) {
    Map<String, Double> seconds = seconds(time);
    double total = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    return "of which "
        + seconds.entrySet().stream()
            .map(part -> part.getKey() + " " + percent(part.getValue() / Math.max(total, 1e-9)))
            .collect(Collectors.joining(", "));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
