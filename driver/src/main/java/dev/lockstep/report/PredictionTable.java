package dev.lockstep.report;

import dev.lockstep.predict.PictureTally;
import dev.lockstep.predict.PictureTally.Line;
import dev.lockstep.predict.PictureTally.Unreadable;
import dev.lockstep.predict.PredictionTally;
import dev.lockstep.predict.plan.PredictionRun.Outcome;
import dev.lockstep.train.ConfusionMatrix;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Predictions as text: the first by path, what could not be read, and how they compare with labels.
 *
 * @param classes names by number
 */
public record PredictionTable(Outcome outcome, List<String> classes) {
  private static final int SHOWN = 20;

  private record Entry(String event, String path, Map<String, ?> fields, String text) {}

  /** Tells it: events {@code picture}, {@code blank}, {@code unreadable} and {@code accuracy}. */
  public void tell(Console console) {
    PictureTally tally = outcome.tally();
    Stream.of(
            tally.first().stream().map(this::entry),
            tally.blanks().stream().map(this::blank),
            tally.unreadable().stream().map(this::entry))
        .flatMap(entries -> entries)
        .sorted(Comparator.comparing(Entry::path))
        .limit(SHOWN)
        .forEach(entry -> console.result(entry.event(), entry.fields(), entry.text()));
    if (tally.examples() > SHOWN) {
      String more = Figures.count(tally.examples() - SHOWN);
      console.progress(
          "more", Map.of("pictures", tally.examples() - SHOWN), "… and %s more".formatted(more));
    }
    compare(console, tally, classes);
  }

  /** Tells how predictions compare with labels, where there are any: event {@code accuracy}. */
  static void compare(Console console, PredictionTally<?> tally, List<String> classes) {
    if (tally.labelled() == 0) {
      return;
    }
    ConfusionMatrix confusion = new ConfusionMatrix(tally.confusionCounts(classes.size()));
    long unlabelled = tally.predicted() - confusion.total();
    console.result(
        "accuracy",
        Map.of("accuracy", confusion.accuracy(), "unlabelled", unlabelled),
        EvaluationTable.accuracy(confusion)
            + (unlabelled == 0 ? "" : ", %s without a label".formatted(Figures.count(unlabelled)))
            + System.lineSeparator()
            + EvaluationTable.matrix(confusion, classes).stripTrailing());
  }

  private Entry entry(Line line) {
    Map<String, Object> fields =
        Map.of(
            "path", line.path(),
            "prediction", line.prediction(),
            "class", classes.get(line.prediction()),
            "probability", line.probability());
    return new Entry("picture", line.path(), fields, shown(line.path()) + text(line));
  }

  private Entry entry(Unreadable file) {
    return new Entry(
        "unreadable",
        file.path(),
        Map.of("path", file.path(), "reason", file.reason()),
        "%s  not readable: %s".formatted(shown(file.path()), file.reason()));
  }

  private Entry blank(String path) {
    return new Entry("blank", path, Map.of("path", path), shown(path) + "  blank");
  }

  private String text(Line line) {
    return "  -> %s  (%s)%s"
        .formatted(
            classes.get(line.prediction()),
            Figures.proportion(line.probability()),
            line.isWrong() ? "  is " + classes.get(line.label()) : "");
  }

  /** As people write it. */
  public static String shown(String path) {
    return path.startsWith("file:/") ? path.substring("file:".length()) : path;
  }
}
