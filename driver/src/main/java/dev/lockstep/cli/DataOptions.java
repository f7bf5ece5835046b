package dev.lockstep.cli;

import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataLocation.Task;
import dev.lockstep.data.DataParts;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Schema;
import dev.lockstep.data.image.PictureParts;
import dev.lockstep.data.open.DataSources;
import dev.lockstep.data.prepare.PreparedDataset;
import dev.lockstep.models.file.ModelFile;
import dev.lockstep.run.ModelDirectory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which data, of any kind that Lockstep reads. */
final class DataOptions {
  private static final String LABELS = "labels";

  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--data",
      paramLabel = "mnist|fashion|PATH",
      defaultValue = "mnist",
      description =
          "A data set to fetch; a folder of lockstep prepare; or IDX files, pictures in a folder"
              + " for each class, CSV or Parquet: a file, a folder or a glob, on any file system"
              + " that Spark reads. Default: ${DEFAULT-VALUE}.")
  private String data;

  @Option(
      names = "--labels",
      paramLabel = "PATH|COLUMN",
      description =
          "Of IDX files, the files with the labels; of tables, the column. Default: the files"
              + " beside them; the column label, class, target or y.")
  private String labels;

  @Option(
      names = "--weight-column",
      paramLabel = "COLUMN",
      description =
          "Of tables, the column with how much each row counts, as so many equal rows would:"
              + " losses, gradients, averages and what is told of accuracy and errors are by these"
              + " weights, each at least 0. Default: all rows count 1.")
  private String weights;

  @Option(
      names = "--task",
      paramLabel = "classification|regression",
      description = "What labels are. Default: what they look like.")
  private Task task = Task.DETECT;

  @Mixin private PictureOptions pictures;
  @Mixin private LayoutOptions layout;

  /** The data with its own parts, where it has such: MNIST, what is laid out so, or prepared. */
  Optional<DataParts> parts(JavaSparkContext spark) {
    return labels == null && weights == null
        ? DataFolder.find(spark, OutputOptions.console(command), location())
            .map(parts -> DataSources.turned(parts, location()))
        : Optional.empty();
  }

  /** Folders of pictures for train, validation and test, told to the user; none if it has none. */
  Map<String, String> folders(JavaSparkContext spark) {
    if (labels != null) {
      return Map.of();
    }
    Optional<PictureParts> parts = PictureParts.find(data, spark.hadoopConfiguration());
    parts.ifPresent(found -> Notes.tell(OutputOptions.console(command), found.note()));
    return parts.map(PictureParts::folders).orElse(Map.of());
  }

  /** Where the data is, if it has no parts of its own. */
  DataLocation location() {
    DataLocation location = layout.of(pictures.of(DataLocation.of(data).withTask(task)));
    location = labels == null ? location : location.withLabels(labels);
    return weights == null ? location : location.withWeights(weights);
  }

  /** Labels that are a column, not a file, belong to other files of the same kind too. */
  private Optional<String> column(JavaSparkContext spark) {
    return Optional.ofNullable(labels)
        .filter(name -> !DataFiles.exists(name, spark.hadoopConfiguration()));
  }

  /** Complains if the columns of a model are named in another order than it has learnt them in. */
  void expectOrderOf(ModelFile model) {
    if (labels == null || !(ModelDirectory.config(model).get(LABELS) instanceof String learnt)) {
      return;
    }
    List<String> known = List.of(learnt.split("\\s*,\\s*"));
    List<String> given = List.of(labels.split("\\s*,\\s*"));
    if (!known.equals(given) && Set.copyOf(known).equals(Set.copyOf(given))) {
      throw new UserError(
          "--labels %s: the model has learnt %s: name them in this order"
              .formatted(labels, learnt));
    }
  }

  /** In one line, how this is said to be laid out otherwise than what a model was trained on. */
  Optional<String> note(ModelFile model) {
    return layout.note(model);
  }

  /** What prepared data says that its labels are called; empty for other data. */
  private Optional<String> prepared(JavaSparkContext spark, DataSource training) {
    Configuration hadoop = spark.hadoopConfiguration();
    return Optional.of(String.join(",", training.labels()))
        .filter(names -> labels == null && !names.isEmpty())
        .filter(
            names ->
                PreparedDataset.find(data, hadoop).isPresent()
                    || PreparedDataset.part(location(), hadoop).isPresent());
  }

  /**
   * Other files of the same kind, to be read as this data.
   *
   * @param training what this data is
   */
  DataLocation like(JavaSparkContext spark, DataLocation other, DataSource training) {
    DataLocation own = location();
    DataLocation labelled =
        column(spark).or(() -> prepared(spark, training)).map(other::withLabels).orElse(other);
    return own.weights()
        .map(labelled::withWeights)
        .orElse(labelled)
        .withFaults(own.faults())
        .withIgnored(own.ignored())
        .withAxes(own.axes());
  }

  /** Tells, where rows have weights, what that means. */
  void tellWeights(Schema schema) {
    if (schema.weighted()) {
      Notes.tell(
          OutputOptions.console(command),
          "rows count by their weights%s: losses, gradients, averages, accuracies and errors are by them"
              .formatted(location().weights().map(" in column "::concat).orElse("")));
    }
  }

  /** What of this determines the trained parameters. */
  Map<String, Object> config() {
    Map<String, Object> config = new TreeMap<>(Map.of("data", data));
    Optional.ofNullable(labels).ifPresent(given -> config.put(LABELS, given));
    location().weights().ifPresent(column -> config.put("weightColumn", column));
    config.putAll(layout.config());
    return config;
  }
}
