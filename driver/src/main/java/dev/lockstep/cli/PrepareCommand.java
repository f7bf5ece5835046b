package dev.lockstep.cli;

import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataParts;
import dev.lockstep.data.image.PictureChoice;
import dev.lockstep.data.open.DataSources;
import dev.lockstep.data.prepare.Preparation;
import dev.lockstep.data.prepare.Preparation.Input;
import dev.lockstep.data.prepare.PreparationOptions;
import dev.lockstep.data.prepare.PreparationOptions.Order;
import dev.lockstep.data.prepare.PreparedFormat;
import dev.lockstep.data.prepare.PreparedManifest;
import dev.lockstep.data.prepare.Split;
import dev.lockstep.data.prepare.Split.Stratification;
import dev.lockstep.doctor.JobPath;
import dev.lockstep.report.Console;
import dev.lockstep.report.DataTable;
import dev.lockstep.report.Figures;
import dev.lockstep.report.JobProgress;
import dev.lockstep.report.LeftOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lockstep prepare}. */
@Command(
    name = "prepare",
    description = {
      "Make a data set ready for training: one format, shuffled, split, in shards, with a manifest.",
      "It appears in whole or not at all. The same data, options and seed give the same files; what"
          + " is there already is not made again."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep prepare --from mnist --to data/mnist",
      "  lockstep prepare --from scans/ --to data/scans --split 0.8/0.1/0.1 stratified --seed 7",
      "  lockstep prepare --from measured.csv --labels price --to data/prices --shuffle",
      "  lockstep prepare --from mnist --to digits --format images",
      "",
      "Then: lockstep inspect data/mnist; lockstep train mnist --data data/mnist"
    })
final class PrepareCommand implements Callable<Integer> {
  private static final String STRATIFIED = "stratified";

  @Spec private CommandSpec spec;

  @Option(
      names = "--from",
      paramLabel = "mnist|fashion|PATH",
      required = true,
      description =
          "A data set to fetch, in its own parts; or IDX, Parquet or CSV files, or a folder of"
              + " pictures, on any file system that Spark reads.")
  private String from;

  @Option(
      names = "--labels",
      paramLabel = "PATH|COLUMN",
      description =
          "Where the labels are: IDX files, a CSV file that names pictures, or a column of a table."
              + " Default: found beside the data.")
  private String labels;

  @Option(
      names = "--weight-column",
      paramLabel = "COLUMN",
      description =
          "A column of numbers, each at least 0: how much each row of a table counts. It is written"
              + " too.")
  private String weights;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "A folder that is empty, not there, or holds the same, prepared before.")
  private String to;

  @Option(
      names = "--format",
      paramLabel = "parquet|chunks|idx|images",
      defaultValue = "parquet",
      description =
          "Of the files; chunks are trained from where they are if they do not fit in memory, images are PNG. Default: ${DEFAULT-VALUE}.")
  private PreparedFormat format;

  @Option(
      names = "--shards",
      paramLabel = "N",
      description = "Files of each part. Default: one for each 16 MB, from 64 on larger ones.")
  private Integer shards;

  @Option(names = "--shuffle", description = "Bring the examples into a random order.")
  private boolean shuffle;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of --shuffle and --split. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--split",
      paramLabel = "SHARES",
      arity = "1..2",
      description =
          "Divide at random into train/test or train/validation/test, such as 0.8/0.1/0.1; shuffles"
              + " too. Followed by 'stratified', each class is divided so.")
  private List<String> split;

  @Mixin private PictureOptions pictures;
  @Mixin private LayoutOptions layout;

  @Override
  public Integer call() {
    PreparationOptions options =
        new PreparationOptions(
            format,
            shards == null ? OptionalInt.empty() : OptionalInt.of(atLeastOne(shards)),
            shuffle ? Order.SHUFFLED : Order.AS_STORED,
            seed,
            Optional.ofNullable(split).map(this::split));
    Console console = OutputOptions.console(spec);
    try (JavaSparkContext spark = Sessions.open("prepare")) {
      List<Input> inputs = inputs(spark);
      inputs.forEach(input -> Notes.tell(console, input.source()));
      List<String> sources = sources(inputs);
      Preflight.expect(spark, places(sources));
      Preparation preparation = new Preparation(inputs, sources, options, more(spark));
      report(console, spark, inputs, run(console, spark, preparation));
    }
    return ExitCode.OK;
  }

  private List<JobPath> places(List<String> sources) {
    List<JobPath> places = new ArrayList<>(Preflight.reads("--from", sources));
    places.add(JobPath.written("--to", to));
    return places;
  }

  private Preparation.Result run(Console console, JavaSparkContext spark, Preparation preparation) {
    return JobProgress.during(spark, console, "prepare", () -> preparation.run(spark, to));
  }

  private int atLeastOne(int value) {
    if (value < 1) {
      throw new ParameterException(spec.commandLine(), "--shards must be at least 1, not " + value);
    }
    return value;
  }

  private Split split(List<String> words) {
    if (words.size() == 2 && !words.get(1).equals(STRATIFIED)) {
      throw new ParameterException(
          spec.commandLine(),
          "--split is of shares and maybe 'stratified', not '%s'".formatted(words.get(1)));
    }
    return Split.parse(
        words.get(0), words.size() == 2 ? Stratification.CLASSES : Stratification.NONE);
  }

  private List<Input> inputs(JavaSparkContext spark) {
    Optional<DataParts> own = Optional.empty();
    if (DataFolder.known(from).isPresent()) {
      own = Optional.of(DataFolder.parts(spark, OutputOptions.console(spec), from));
    } else if (labels == null && weights == null) {
      own = DataSources.parts(spark, location());
    }
    if (own.isEmpty()) {
      return List.of(new Input(PreparedManifest.WHOLE, DataSources.open(spark, location())));
    }
    DataParts parts = DataSources.turned(own.get(), location());
    List<Input> inputs = new ArrayList<>();
    inputs.add(new Input("train", parts.train()));
    parts.validation().ifPresent(part -> inputs.add(new Input("validation", part)));
    parts.test().ifPresent(part -> inputs.add(new Input("test", part)));
    return inputs;
  }

  private DataLocation location() {
    DataLocation location = layout.of(pictures.of(DataLocation.of(from)));
    location = labels == null ? location : location.withLabels(labels);
    return weights == null ? location : location.withWeights(weights);
  }

  private static List<String> sources(List<Input> inputs) {
    return inputs.stream().flatMap(input -> input.source().paths().stream()).distinct().toList();
  }

  /** What else determines the files; the content of label files does so itself. */
  private Map<String, String> more(JavaSparkContext spark) {
    Map<String, String> more = new TreeMap<>();
    more.put(
        "labels",
        labels == null || DataFiles.exists(labels, spark.hadoopConfiguration()) ? "found" : labels);
    if (weights != null) {
      more.put("weights", weights);
    }
    more.putAll(layout.config());
    PictureChoice.of(location().pictures()).text().ifPresent(text -> more.put("pictures", text));
    return more;
  }

  private void report(
      Console console, JavaSparkContext spark, List<Input> inputs, Preparation.Result result) {
    PreparedManifest manifest = result.manifest();
    if (result.outcome() == Preparation.Outcome.FOUND) {
      console.result(
          "found",
          Map.of("folder", to, "examples", manifest.examples()),
          "%s holds the same already, %s examples: nothing done"
              .formatted(to, Figures.count(manifest.examples())));
      return;
    }
    manifest
        .parts()
        .forEach(part -> console.result("part", DataTable.fields(part), DataTable.line(part)));
    if (inputs.size() == 1) { // Data sets with parts of their own have no single faults.
      LeftOut.tell(console, spark, inputs.get(0).source(), manifest.examples());
    }
    console.result(
        "prepared", Map.of("folder", to, "examples", manifest.examples()), "prepared in " + to);
  }
}
