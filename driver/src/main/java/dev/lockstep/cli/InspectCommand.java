package dev.lockstep.cli;

import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataParts;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.DataSummary;
import dev.lockstep.data.FileSystems;
import dev.lockstep.data.Schema;
import dev.lockstep.data.image.PictureParts;
import dev.lockstep.data.open.DataSources;
import dev.lockstep.data.prepare.PreparedDataset;
import dev.lockstep.data.prepare.PreparedManifest;
import dev.lockstep.report.Console;
import dev.lockstep.report.DataTable;
import dev.lockstep.report.JobProgress;
import dev.lockstep.report.LeftOut;
import dev.lockstep.report.Plots;
import dev.lockstep.report.SampleSheet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lockstep inspect}. */
@Command(
    name = "inspect",
    description = {
      "Look at all of a data set: shape, number of examples, balance of classes, range of values.",
      "The hash is the same in whatever order, files and format the same examples are."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep inspect fashion",
      "  lockstep inspect data/scans --plot runs/scans",
      "  lockstep inspect train-images-idx3-ubyte.gz --labels train-labels-idx1-ubyte.gz"
    })
final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "mnist|fashion|PATH",
      description =
          "A data set to fetch, IDX, Parquet or CSV files, a folder of pictures, or what lockstep"
              + " prepare has written.")
  private String data;

  @Option(
      names = "--labels",
      paramLabel = "PATH|COLUMN",
      description =
          "Where the labels are: IDX files, a CSV file that names pictures, or a column of a table."
              + " Default: found beside the data.")
  private String labels;

  @Mixin private PictureOptions pictures;
  @Mixin private LayoutOptions layout;

  @Option(
      names = "--plot",
      paramLabel = "DIR",
      arity = "0..1",
      fallbackValue = "runs/inspect",
      description = "Draw examples of each class there, as PNG and SVG. Default: runs/inspect.")
  private Path plot;

  @Override
  public Integer call() {
    Console console = OutputOptions.console(spec);
    try (JavaSparkContext spark = Sessions.open("inspect")) {
      Optional<PreparedDataset> prepared =
          DataFolder.known(data).isPresent()
              ? Optional.empty()
              : PreparedDataset.find(data, spark.hadoopConfiguration());
      Map<String, DataSource> parts = parts(spark, prepared);
      for (Map.Entry<String, DataSource> part : parts.entrySet()) {
        PreparedManifest.Part found = look(console, spark, part.getKey(), part.getValue());
        Schema schema = part.getValue().schema();
        console.result("data", DataTable.fields(schema, found), DataTable.of(schema, found));
        LeftOut.tell(console, spark, part.getValue(), found.examples());
        Notes.tell(console, part.getValue());
        prepared.ifPresent(whole -> expectSame(whole, found));
      }
      if (plot != null) {
        draw(spark, parts.values().iterator().next());
        console.result("plotted", Map.of("folder", plot.toString()), "examples in " + plot);
      }
    }
    return ExitCode.OK;
  }

  private Map<String, DataSource> parts(
      JavaSparkContext spark, Optional<PreparedDataset> prepared) {
    if (prepared.isPresent()) {
      Map<String, DataSource> parts = new LinkedHashMap<>();
      prepared.get().parts().forEach(part -> parts.put(part, prepared.get().open(spark, part)));
      return parts;
    }
    DataLocation location = layout.of(pictures.of(DataLocation.of(data)));
    if (labels != null) {
      return Map.of(PreparedManifest.WHOLE, DataSources.open(spark, location.withLabels(labels)));
    }
    return DataFolder.known(data).isPresent()
        ? named(DataFolder.parts(spark, OutputOptions.console(spec), data))
        : DataSources.parts(spark, location)
            .map(parts -> named(DataSources.turned(parts, location)))
            .orElseGet(() -> folders(spark, location));
  }

  private static Map<String, DataSource> named(DataParts parts) {
    Map<String, DataSource> named = new LinkedHashMap<>();
    named.put("train", parts.train());
    parts.validation().ifPresent(part -> named.put("validation", part));
    parts.test().ifPresent(part -> named.put("test", part));
    return named;
  }

  private static Map<String, DataSource> folders(JavaSparkContext spark, DataLocation location) {
    Map<String, DataSource> parts = new LinkedHashMap<>();
    PictureParts.find(location.data(), spark.hadoopConfiguration())
        .map(PictureParts::folders)
        .orElse(Map.of(PreparedManifest.WHOLE, location.data()))
        .forEach((part, at) -> parts.put(part, DataSources.open(spark, location.withData(at))));
    return parts;
  }

  private PreparedManifest.Part look(
      Console console, JavaSparkContext spark, String name, DataSource source) {
    DataSummary summary =
        JobProgress.during(
            spark, console, name, () -> DataSummary.of(source.schema(), source.scan(spark)));
    return PreparedManifest.Part.of(name, summary, source.count() - summary.examples(), List.of());
  }

  private void expectSame(PreparedDataset prepared, PreparedManifest.Part found) {
    for (PreparedManifest.Part part : prepared.manifest().parts()) {
      if (part.name().equals(found.name()) && !part.hash().equals(found.hash())) {
        throw new UserError(
            "%s: part %s was altered: expected hash %s, as %s says, found %s"
                .formatted(data, part.name(), part.hash(), PreparedManifest.FILE, found.hash()));
      }
    }
  }

  private void draw(JavaSparkContext spark, DataSource source) {
    try {
      new Plots(plot).examples(SampleSheet.of(spark, source));
    } catch (IOException e) {
      throw new UserError("%s: cannot be written: %s".formatted(plot, FileSystems.message(e)));
    }
  }
}
