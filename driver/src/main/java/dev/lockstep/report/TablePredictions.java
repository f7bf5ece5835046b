package dev.lockstep.report;

import dev.lockstep.data.DataFiles;
import dev.lockstep.predict.TableModel;
import dev.lockstep.predict.TableTally;
import dev.lockstep.predict.TableTally.Line;
import dev.lockstep.predict.TableTally.Unreadable;
import dev.lockstep.table.NetworkTask;
import dev.lockstep.train.Evaluation.Regression;
import dev.lockstep.train.LabelCounts;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Predictions of rows as text: the first, what could not be used, how they compare with labels. */
public record TablePredictions(TableTally tally, TableModel model) {
  private static final int SHOWN = 20;

  private record Entry(String event, String file, long row, Map<String, ?> fields, String text) {}

  /**
   * Tells it: events {@code row}, {@code unusable}, {@code accuracy}, {@code labels} and {@code
   * errors}.
   */
  public void tell(Console console) {
    Stream.concat(
            tally.first().stream().map(this::entry), tally.unreadable().stream().map(this::entry))
        .sorted(Comparator.comparing(Entry::file).thenComparing(Entry::row))
        .limit(SHOWN)
        .forEach(entry -> console.result(entry.event(), entry.fields(), entry.text()));
    if (tally.examples() > SHOWN) {
      long more = tally.examples() - SHOWN;
      console.progress(
          "more", Map.of("rows", more), "… and %s more".formatted(Figures.count(more)));
    }
    PredictionTable.compare(console, tally, model.classes());
    if (tally.labels() != null) {
      console.result(
          "labels",
          EvaluationTable.figures(tally.labels()),
          "%s%n%n%s"
              .formatted(
                  EvaluationTable.labels(tally.labels()),
                  EvaluationTable.perLabel(tally.labels(), model.targets()))
              .stripTrailing());
    } else if (!tally.errors().isEmpty()) {
      Regression errors = new Regression(tally.errors(), Double.NaN);
      String line = EvaluationTable.line(errors);
      console.result(
          "errors",
          EvaluationTable.figures(errors),
          errors.targets().size() == 1
              ? line
              : "%s%n%n%s".formatted(line, EvaluationTable.perTarget(errors)).stripTrailing());
    }
  }

  private Entry entry(Line line) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("file", line.file());
    fields.put("line", line.row());
    String text;
    if (model.task() == NetworkTask.MULTI_LABEL) {
      List<String> told = told(line.values());
      fields.put("predicted", told);
      IntStream.range(0, line.values().length)
          .forEach(i -> fields.put("probability_" + model.targets().get(i), line.values()[i]));
      text = labels(line, told);
    } else if (line.prediction() < 0) {
      IntStream.range(0, line.values().length)
          .forEach(i -> fields.put("predicted_" + model.targets().get(i), line.values()[i]));
      text = values(line);
    } else {
      fields.put("prediction", model.classes().get(line.prediction()));
      fields.put("probability", line.values()[0]);
      text =
          "%s  (%s)%s"
              .formatted(
                  model.classes().get(line.prediction()),
                  Figures.proportion(line.values()[0]),
                  line.label() < 0 || line.label() == line.prediction()
                      ? ""
                      : "  is " + model.classes().get(line.label()));
    }
    return new Entry(
        "row",
        line.file(),
        line.row(),
        fields,
        "%s  -> %s".formatted(where(line.file(), line.row()), text));
  }

  /** The names of labels that values tell. */
  private List<String> told(float[] values) {
    return IntStream.range(0, values.length)
        .filter(i -> LabelCounts.isTold(values[i]))
        .mapToObj(model.targets()::get)
        .toList();
  }

  private String labels(Line line, List<String> told) {
    String probabilities =
        IntStream.range(0, line.values().length)
            .mapToObj(i -> Figures.proportion(line.values()[i]))
            .collect(Collectors.joining("  "));
    List<String> has = tally.labels() != null && line.isLabelled() ? told(line.truths()) : told;
    return "%s  (%s)%s"
        .formatted(named(told), probabilities, has.equals(told) ? "" : "  is " + named(has));
  }

  private static String named(List<String> labels) {
    return labels.isEmpty() ? "none" : String.join(", ", labels);
  }

  private static String values(Line line) {
    return IntStream.range(0, line.values().length)
        .mapToObj(i -> Figures.quantity(line.values()[i]))
        .collect(Collectors.joining("  "));
  }

  private Entry entry(Unreadable row) {
    return new Entry(
        "unusable",
        row.file(),
        row.row(),
        Map.of("file", row.file(), "line", row.row(), "reason", row.reason()),
        "%s  not usable: %s".formatted(where(row.file(), row.row()), row.reason()));
  }

  private static String where(String file, long row) {
    return "%s: line %d".formatted(DataFiles.name(file), row);
  }
}
