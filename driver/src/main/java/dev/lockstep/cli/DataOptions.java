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
import dev.lockstep.data.text.TextSequences;
import dev.lockstep.models.file.ModelFile;
import dev.lockstep.run.ModelDirectory;
import dev.lockstep.train.ModelInputs;
import java.nio.file.Path;
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
  private static final String SEQUENCE_LENGTH = "sequenceLength";

  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--data",
      paramLabel = "mnist|fashion|PATH",
      defaultValue = "mnist",
      description =
          "A data set to fetch; a folder of lockstep prepare; or IDX files, pictures in a folder"
              + " for each class, CSV or Parquet: a file, a folder or a glob, on any file system"
              + " that Spark reads; or text, with --sequence-length. Default: ${DEFAULT-VALUE}.")
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
      paramLabel = "classification|regression|multi-label",
      description =
          "What labels are: classes, numbers to be predicted, or of multi-label several of a row, 0"
              + " or 1 in the columns that --labels names. Default: what they look like.")
  private Task task = Task.DETECT;

  @Option(
      names = "--sequence-length",
      paramLabel = "STEPS",
      description =
          "The data is text in UTF-8: sequences of so many characters, one after the other; of each"
              + " the next character is learnt. Default: the data is no text; that of a model that"
              + " has learnt text.")
  private Integer sequenceLength;

  /** What a model that has learnt text tells apart. */
  private List<String> characters;

  @Mixin private PictureOptions pictures;
  @Mixin private LayoutOptions layout;

  /** The data with its own parts, where it has such: MNIST, what is laid out so, or prepared. */
  Optional<DataParts> parts(JavaSparkContext spark) {
    return parts(spark, data);
  }

  /** Of other data, laid out as this is. */
  Optional<DataParts> parts(JavaSparkContext spark, String path) {
    DataLocation location = location().withData(path);
    return labels == null && weights == null && sequenceLength == null
        ? DataFolder.find(spark, OutputOptions.console(command), location)
            .map(parts -> DataSources.turned(parts, location))
        : Optional.empty();
  }

  /** Folders of pictures for train, validation and test, told to the user; none if it has none. */
  Map<String, String> folders(JavaSparkContext spark) {
    if (labels != null || sequenceLength != null) {
      return Map.of();
    }
    Optional<PictureParts> parts = PictureParts.find(data, spark.hadoopConfiguration());
    parts.ifPresent(found -> Notes.tell(OutputOptions.console(command), found.note()));
    return parts.map(PictureParts::folders).orElse(Map.of());
  }

  /** Whether an example may have several labels. */
  boolean ofSeveralLabels() {
    return task == Task.MULTI_LABEL;
  }

  /** Where the data is, if it has no parts of its own. */
  DataLocation location() {
    DataLocation location = layout.of(pictures.of(DataLocation.of(data).withTask(task)));
    location = labels == null ? location : location.withLabels(labels);
    location = sequenceLength == null ? location : text(location);
    return weights == null ? location : location.withWeights(weights);
  }

  private DataLocation text(DataLocation location) {
    if (sequenceLength < 1) {
      throw new UserError("--sequence-length must be at least 1, not " + sequenceLength);
    }
    if (labels != null || weights != null) {
      throw new UserError(
          "--sequence-length: text has neither labels nor weights of its own: leave out --labels"
              + " and --weight-column");
    }
    DataLocation text =
        location.withPictures(new TextSequences(sequenceLength, TextSequences.UNKNOWN));
    return characters == null ? text : text.withClassNames(characters);
  }

  /** Text, if a model has learnt such, is read as it was. */
  void as(ModelFile model, Path path) {
    Object learnt = ModelDirectory.config(model).get(SEQUENCE_LENGTH);
    if (learnt instanceof Number steps) {
      sequenceLength = sequenceLength == null ? Integer.valueOf(steps.intValue()) : sequenceLength;
      characters = ModelInputs.classNames(model, path).orElse(null);
    }
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
    if (sequenceLength != null) {
      config.put(SEQUENCE_LENGTH, sequenceLength);
    }
    config.putAll(layout.config());
    return config;
  }
}
