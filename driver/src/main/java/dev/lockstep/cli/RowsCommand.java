package dev.lockstep.cli;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.FileSystems;
import dev.lockstep.data.Locations;
import dev.lockstep.data.RowTable;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.data.open.DataSources;
import dev.lockstep.data.recipe.TableRecipe;
import dev.lockstep.doctor.JobPath;
import dev.lockstep.models.file.ModelFile;
import dev.lockstep.predict.TableModel;
import dev.lockstep.predict.TableTally;
import dev.lockstep.predict.TableTally.Unreadable;
import dev.lockstep.predict.output.OutputFormat;
import dev.lockstep.predict.output.PredictionOutput;
import dev.lockstep.predict.plan.TableRun;
import dev.lockstep.predict.plan.TableRun.Outcome;
import dev.lockstep.predict.plan.TableRun.Request;
import dev.lockstep.report.Console;
import dev.lockstep.report.Figures;
import dev.lockstep.report.PredictionBar;
import dev.lockstep.report.TablePredictions;
import dev.lockstep.report.html.TableReport;
import dev.lockstep.train.ModelInputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * {@code lockstep predict} of a table.
 *
 * @param labels columns to compare with
 */
record RowsCommand(
    Console console,
    ModelOption model,
    String data,
    TableOptions columns,
    Optional<String> labels) {

  int run(
      int top, Optional<String> out, OutputFormat format, Optional<Path> report, boolean strict) {
    ModelFile file = model.open(ExitCode.NO_MODEL);
    TableModel rows = TableModel.of(file, model.path());
    try (JavaSparkContext spark = Sessions.open("predict")) {
      RowTable table =
          DataSources.rows(
                  spark, new RowTable.Wanted(location(file), rows.features(), columns.kept()))
              .orElseThrow(this::isNoTable);
      Request request =
          new Request(
              table,
              rows,
              Math.min(top, Math.max(1, rows.classes().size())),
              out.map(
                  name ->
                      new PredictionOutput(
                          Locations.of(name, spark.hadoopConfiguration()).toString(), format)));
      report.ifPresent(page -> Preflight.expectLasting(spark, "--report", page.toString()));
      Preflight.expect(spark, places(table, out, report), ExitCode.UNWRITABLE);
      table.notes().forEach(note -> Notes.tell(console, note));
      Outcome outcome = TableRun.execute(spark, request, new PredictionBar(console, "rows"));
      new TablePredictions(outcome.tally(), rows).tell(console);
      report.ifPresent(page -> write(page, rows, table, outcome.tally()));
      console.result("predicted", fields(outcome, out), summary(outcome, out));
      expectUsable(outcome.tally(), out, strict);
    }
    return ExitCode.OK;
  }

  /** The table, its columns as the model knows them. */
  private DataLocation location(ModelFile file) {
    Optional<TableRecipe> recipe = ModelInputs.recipe(file, model.path());
    Optional<ImagePreprocessing> pictures = ModelInputs.pictures(file, model.path());
    DataLocation location =
        DataLocation.of(data)
            .withIgnored(columns.ignored())
            .withColumns(
                recipe
                    .map(TableRecipe::names)
                    .orElseGet(() -> ModelInputs.columns(file, model.path())));
    location = labels.map(location::withLabels).orElse(location);
    location = recipe.map(location::withPictures).orElse(location);
    return pictures.map(location::withPictures).orElse(location);
  }

  private DataError isNoTable() {
    return new DataError(
        "%s: expected a table in CSV or Parquet, found data of another kind: --images if they are pictures"
            .formatted(DataFiles.name(data)));
  }

  private void write(Path page, TableModel rows, RowTable table, TableTally tally) {
    List<String> kept = table.kept().stream().map(RowTable.Column::name).toList();
    try {
      new TableReport(rows, data, kept, tally).save(page);
    } catch (IOException e) {
      throw new UserError(
          ExitCode.UNWRITABLE, "%s: cannot be written: %s".formatted(page, FileSystems.message(e)));
    }
    console.result("reported", Map.of("file", page.toString()), "report in " + page);
  }

  private static List<JobPath> places(RowTable table, Optional<String> out, Optional<Path> report) {
    List<JobPath> places =
        new ArrayList<>(
            Preflight.reads(
                "--data", table.parts().stream().map(RowTable.Part::path).distinct().toList()));
    out.ifPresent(name -> places.add(JobPath.written("--out", name)));
    report.ifPresent(
        page ->
            places.add(
                JobPath.writtenByDriver("--report", page.toAbsolutePath().getParent().toString())));
    return places;
  }

  private static Map<String, Object> fields(Outcome outcome, Optional<String> out) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("predicted", outcome.tally().predicted());
    fields.put("quarantined", outcome.tally().quarantined());
    fields.put("before", outcome.before());
    out.ifPresent(name -> fields.put("out", name));
    return fields;
  }

  private static String summary(Outcome outcome, Optional<String> out) {
    return "%s rows predicted, %s not usable%s%s"
        .formatted(
            Figures.count(outcome.tally().predicted()),
            Figures.count(outcome.tally().quarantined()),
            outcome.before() == 0
                ? ""
                : ", %s of them before".formatted(Figures.count(outcome.before())),
            out.map(name -> ", saved in " + name).orElse(""));
  }

  private static void expectUsable(TableTally tally, Optional<String> out, boolean strict) {
    if (tally.predicted() > 0 && !(strict && tally.quarantined() > 0)) {
      return;
    }
    Unreadable first = tally.unreadable().get(0);
    throw new UserError(
        ExitCode.UNREADABLE,
        "%s: line %d: %s; %s of %s rows cannot be used%s"
            .formatted(
                DataFiles.name(first.file()),
                first.row(),
                first.reason(),
                Figures.count(tally.quarantined()),
                Figures.count(tally.examples()),
                out.map(": all reasons are in %s/quarantine"::formatted).orElse("")));
  }
}
