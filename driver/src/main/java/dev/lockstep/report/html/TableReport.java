package dev.lockstep.report.html;

import dev.lockstep.data.DataFiles;
import dev.lockstep.predict.TableModel;
import dev.lockstep.predict.TableTally;
import dev.lockstep.predict.TableTally.Line;
import dev.lockstep.report.Figures;
import dev.lockstep.table.NetworkTask;
import dev.lockstep.train.ConfusionMatrix;
import dev.lockstep.train.TargetErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One page about predictions of rows: those that are least certain, or whose errors are largest,
 * with the columns that are kept; how predictions compare with labels; what could not be used.
 * However many rows there were, the page shows as many as a tally keeps.
 *
 * @param data as the user named it
 * @param kept names of the columns that are kept
 */
public record TableReport(TableModel model, String data, List<String> kept, TableTally tally) {

  /** Writes the page. */
  public void save(Path file) throws IOException {
    Page page = new Page("Predictions", data);
    page.tile("predicted", Figures.count(tally.predicted()));
    page.tile("not usable", Figures.count(tally.quarantined()));
    if (tally.labelled() > 0) {
      ConfusionMatrix confusion = confusion();
      page.tile("accuracy", Figures.proportion(confusion.accuracy()));
      page.tile("wrong", Figures.count(confusion.total() - confusion.correct()));
    }
    if (!tally.doubtful().isEmpty()) {
      String heading = model.classes().isEmpty() ? "Largest errors first" : "Least certain first";
      page.card(heading, Page.Width.FULL, rows(tally.doubtful()));
    } else if (!tally.first().isEmpty()) {
      page.card("First rows", Page.Width.FULL, rows(tally.first()));
    }
    if (tally.labelled() > 0) {
      ConfusionTable table = new ConfusionTable(confusion(), model.classes());
      page.card("Confusion matrix", Page.Width.HALF, table.matrix());
      page.card("Classes", Page.Width.HALF, table.perClass());
    }
    if (tally.labels() != null) {
      page.tile("subset accuracy", Figures.proportion(tally.labels().subsetAccuracy()));
      page.card("Labels", Page.Width.HALF, new LabelsTable(tally.labels(), model.targets()).html());
    } else if (!tally.errors().isEmpty()) {
      page.card("Errors", Page.Width.FULL, errors());
    }
    if (tally.quarantined() > 0) {
      page.card("Not usable", Page.Width.FULL, unusable());
    }
    page.card("Made with", Page.Width.FULL, Tables.of(settings()));
    page.save(file);
  }

  private ConfusionMatrix confusion() {
    return new ConfusionMatrix(tally.confusionCounts(model.classes().size()));
  }

  private Html rows(List<Line> lines) {
    List<String> heads = new ArrayList<>(List.of("row"));
    heads.addAll(kept);
    if (model.classes().isEmpty()) {
      String what = model.task() == NetworkTask.MULTI_LABEL ? "probability " : "predicted ";
      for (String target : model.targets()) {
        heads.addAll(List.of(what + target, "is"));
      }
    } else {
      heads.addAll(List.of("prediction", "probability", "then", "is"));
    }
    return Html.of(
        "<p class='muted'>%s of %s predictions</p>%s",
        Figures.count(lines.size()),
        Figures.count(tally.predicted()),
        Tables.of(heads, lines.stream().map(this::cells).toList()));
  }

  private List<String> cells(Line line) {
    List<String> cells = new ArrayList<>();
    String name = line.file().substring(line.file().lastIndexOf('/') + 1);
    cells.add("%s: %d".formatted(DataFiles.name(name), line.row()));
    // What an earlier version has written knows none.
    cells.addAll(line.kept() == null ? kept.stream().map(column -> "").toList() : line.kept());
    if (model.classes().isEmpty()) {
      for (int i = 0; i < line.values().length; i++) {
        cells.add(Figures.quantity(line.values()[i]));
        boolean known = line.truths() != null && i < line.truths().length;
        cells.add(known ? Figures.quantity(line.truths()[i]) : "");
      }
      return cells;
    }
    cells.add(model.classes().get(line.prediction()));
    cells.add(Figures.proportion(line.values()[0]));
    cells.add(line.values().length > 1 ? model.classes().get(line.second()) : "");
    cells.add(line.isWrong() ? model.classes().get(line.label()) : "");
    return cells;
  }

  private Html errors() {
    return Tables.of(
        List.of("target", "mse", "mae", "r2"),
        IntStream.range(0, tally.errors().size())
            .mapToObj(
                i -> {
                  TargetErrors errors = tally.errors().get(i);
                  return List.of(
                      model.targets().get(i),
                      Figures.quantity(errors.mse()),
                      Figures.quantity(errors.mae()),
                      String.format(Locale.ROOT, "%.6f", errors.r2()));
                })
            .toList());
  }

  private Html unusable() {
    List<List<String>> rows =
        tally.unreadable().stream()
            .map(
                row ->
                    List.of(
                        "%s: %d".formatted(DataFiles.name(row.file()), row.row()), row.reason()))
            .toList();
    long more = tally.quarantined() - rows.size();
    return Html.of(
        "%s<p class='muted'>%s</p>",
        Tables.of(List.of("row", "reason"), rows),
        more > 0 ? "and %s more".formatted(Figures.count(more)) : "");
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("model", model.id());
    settings.put("features", Figures.count(model.features()));
    if (model.classes().isEmpty()) {
      settings.put(
          model.task() == NetworkTask.MULTI_LABEL ? "labels" : "targets",
          String.join(", ", model.targets()));
    } else {
      settings.put("classes", String.join(", ", model.classes()));
    }
    return settings;
  }
}
