package dev.lockstep.report;

import dev.lockstep.predict.PictureTally;
import dev.lockstep.predict.PictureTally.Line;
import dev.lockstep.predict.PictureTally.Unreadable;
import dev.lockstep.predict.PredictionRun.Outcome;
import dev.lockstep.train.ConfusionMatrix;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Predictions as text: the first by path, what could not be read, and how they compare with labels.
 *
 * @param classes names by number
 */
public record PredictionTable(Outcome outcome, List<String> classes) {
  private static final int SHOWN = 20;

  private record Entry(String path, String text) {}

  /** Lines, each with its end. */
  public String text() {
    PictureTally tally = outcome.tally();
    StringBuilder text = new StringBuilder(lines(tally));
    if (tally.pictures() > SHOWN) {
      text.append("… and %s more%n".formatted(Figures.count(tally.pictures() - SHOWN)));
    }
    if (tally.labelled() > 0) {
      ConfusionMatrix confusion = new ConfusionMatrix(tally.confusionCounts(classes.size()));
      text.append(EvaluationTable.accuracy(confusion)).append(System.lineSeparator());
      if (tally.labelled() < tally.predicted()) {
        text.append(
            "%s have no label%n".formatted(Figures.count(tally.predicted() - tally.labelled())));
      }
      text.append(EvaluationTable.matrix(confusion));
    }
    return text.toString();
  }

  private String lines(PictureTally tally) {
    Stream<Entry> read = tally.first().stream().map(line -> new Entry(line.path(), text(line)));
    Stream<Entry> unreadable =
        tally.unreadable().stream().map(file -> new Entry(file.path(), text(file)));
    return Stream.concat(read, unreadable)
        .sorted(java.util.Comparator.comparing(Entry::path))
        .limit(SHOWN)
        .map(entry -> shown(entry.path()) + entry.text() + System.lineSeparator())
        .collect(Collectors.joining());
  }

  private String text(Line line) {
    return "  -> %s  (%s)%s"
        .formatted(
            classes.get(line.prediction()),
            Figures.proportion(line.probability()),
            line.isWrong() ? "  is " + classes.get(line.label()) : "");
  }

  private static String text(Unreadable file) {
    return "  not readable: " + file.reason();
  }

  /** As people write it. */
  static String shown(String path) {
    return path.startsWith("file:/") ? path.substring("file:".length()) : path;
  }
}
