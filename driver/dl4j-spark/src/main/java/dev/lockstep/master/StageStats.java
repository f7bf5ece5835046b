package dev.lockstep.master;

import dev.lockstep.report.TimeSplit;
import dev.lockstep.train.RunResult;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.stats.BaseEventStats;
import org.deeplearning4j.spark.stats.EventStats;

/**
 * Where the time of each epoch went: one event an epoch for the preparation of the data and for
 * each part of training, which are means over workers, laid one after the other.
 */
final class StageStats implements SparkTrainingStats {
  private static final double MILLIS = 1000;
  private static final String DELIMITER = ",";

  private final Map<String, List<EventStats>> events = new LinkedHashMap<>();

  void add(long startedAt, long preparedAt, RunResult result) {
    add("prepare", startedAt, preparedAt - startedAt);
    long from = preparedAt;
    for (Map.Entry<String, Double> part : TimeSplit.seconds(result.time()).entrySet()) {
      long millis = Math.round(part.getValue() * MILLIS);
      add(part.getKey(), from, millis);
      from += millis;
    }
  }

  private void add(String part, long from, long millis) {
    events.computeIfAbsent(part, unused -> new ArrayList<>()).add(new BaseEventStats(from, millis));
  }

  @Override
  public Set<String> getKeySet() {
    return events.keySet();
  }

  @Override
  public List<EventStats> getValue(String key) {
    List<EventStats> found = events.get(key);
    if (found == null) {
      throw new IllegalArgumentException(
          "unknown key '%s': expected one of %s".formatted(key, events.keySet()));
    }
    return found;
  }

  @Override
  public String getShortNameForKey(String key) {
    return key;
  }

  @Override
  public boolean defaultIncludeInPlots(String key) {
    return true;
  }

  @Override
  public void addOtherTrainingStats(SparkTrainingStats other) {
    for (String key : other.getKeySet()) {
      events.computeIfAbsent(key, unused -> new ArrayList<>()).addAll(other.getValue(key));
    }
  }

  @Override
  public SparkTrainingStats getNestedTrainingStats() {
    return null;
  }

  @Override
  public String statsAsString() {
    StringBuilder lines = new StringBuilder();
    events.forEach(
        (key, durations) ->
            lines
                .append(DEFAULT_PRINT_FORMAT.formatted(key))
                .append(
                    durations.stream()
                        .map(event -> String.valueOf(event.getDurationMs()))
                        .collect(Collectors.joining(",")))
                .append('\n'));
    return lines.toString();
  }

  @Override
  public void exportStatFiles(String folder, SparkContext spark) throws IOException {
    for (Map.Entry<String, List<EventStats>> entry : events.entrySet()) {
      Path path = new Path(folder, entry.getKey() + ".txt");
      try (Writer out =
          new OutputStreamWriter(
              path.getFileSystem(spark.hadoopConfiguration()).create(path),
              StandardCharsets.UTF_8)) {
        out.write(entry.getValue().get(0).getStringHeader(DELIMITER) + "\n");
        for (EventStats event : entry.getValue()) {
          out.write(event.asString(DELIMITER) + "\n");
        }
      }
    }
  }
}
