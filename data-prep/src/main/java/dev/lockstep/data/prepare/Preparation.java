package dev.lockstep.data.prepare;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.DataSummary;
import dev.lockstep.data.Example;
import dev.lockstep.data.FileSystems;
import dev.lockstep.data.LocalFiles;
import dev.lockstep.data.Locations;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Schema.FeatureType;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.data.prepare.ShardTask.Written;
import dev.lockstep.data.recipe.TableRecipe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Writes a data set made ready for training: as a whole or not at all; the same files for the same
 * sources and options, whatever the cluster; and not again where they are already.
 *
 * @param inputs the whole, or several parts of one schema
 * @param sources paths of what is read
 * @param options what determines the files
 * @param more what else does, by name, as the manifest keeps it
 */
public record Preparation(
    List<Input> inputs,
    List<String> sources,
    PreparationOptions options,
    Map<String, String> more) {
  private static final long SHARD_BYTES = 16L << 20;
  private static final long MANY_SHARDS = 64;
  private static final long LARGE_SHARD_BYTES = 256L << 20;

  /**
   * What is to be a part of the data set.
   *
   * @param name {@link PreparedManifest#WHOLE}, or what the part is called
   */
  public record Input(String name, DataSource source) {}

  /** What became of it. */
  public enum Outcome {
    WRITTEN,
    /** The same was prepared before. */
    FOUND
  }

  /** A finished data set. */
  public record Result(Outcome outcome, PreparedManifest manifest) {}

  /**
   * Prepares.
   *
   * @param to a folder, on any Hadoop file system
   * @throws DataError if the folder holds anything else, or the options do not suit the data
   */
  public Result run(JavaSparkContext spark, String to) {
    Configuration hadoop = LocalFiles.in(spark.hadoopConfiguration());
    Path target = Locations.of(to, spark.hadoopConfiguration());
    Map<String, String> all = options.toMap();
    all.putAll(more);
    Reuse reuse = new Reuse(target, hadoop);
    Optional<PreparedManifest> existing = reuse.find(spark, all, sources);
    if (existing.isPresent()) {
      return new Result(Outcome.FOUND, existing.get());
    }
    expectPossible();
    List<SourceFiles> read = sources.stream().map(path -> SourceFiles.read(spark, path)).toList();
    try (Staging staging = new Staging(target, hadoop)) {
      List<PreparedManifest.Part> parts = writeAll(spark, staging.folder());
      PreparedManifest manifest =
          new PreparedManifest(
              options.format(),
              schema(),
              parts,
              read,
              all,
              TableRecipe.of(first().preprocessing()).orElse(null),
              ImagePreprocessing.of(first().preprocessing()).orElse(null),
              first().labels());
      manifest.write(staging.folder(), hadoop);
      staging.commit();
      return new Result(Outcome.WRITTEN, manifest);
    } catch (IOException e) {
      throw new DataError(
          "%s: cannot be written: %s".formatted(DataFiles.name(to), FileSystems.message(e)), e);
    }
  }

  private List<PreparedManifest.Part> writeAll(JavaSparkContext spark, Path folder)
      throws IOException {
    RunningTasks tasks = new RunningTasks(spark);
    try {
      List<PreparedManifest.Part> parts = new ArrayList<>();
      for (Input input : inputs) {
        parts.addAll(write(spark, input, folder));
      }
      return parts;
    } finally {
      tasks.await();
    }
  }

  private DataSource first() {
    return inputs.get(0).source();
  }

  private Schema schema() {
    return first().schema();
  }

  private void expectPossible() {
    options.format().expectFits(schema());
    if (options.split().isEmpty()) {
      return;
    }
    if (inputs.size() > 1) {
      throw new DataError(
          "the data has parts already, %s: leave out --split"
              .formatted(String.join(", ", inputs.stream().map(Input::name).toList())));
    }
    if (options.split().get().stratification() == Split.Stratification.CLASSES
        && schema().classes() == 0) {
      throw new DataError("only classes can be stratified, and the data has numbers as targets");
    }
  }

  private List<PreparedManifest.Part> write(JavaSparkContext spark, Input input, Path folder)
      throws IOException {
    DataSource source = input.source();
    int shards = shards(source);
    JavaRDD<Example> examples;
    Division division = null;
    if (options.shuffles()) {
      ShuffleOrder order = new ShuffleOrder(options.seed(), shards);
      JavaRDD<Example> unordered = source.scan(spark);
      examples = order.apply(unordered);
      if (options.split().isPresent()) {
        division = Division.of(options.split().get(), source, unordered, order);
      }
    } else {
      examples = source.load(spark, shards);
    }
    List<String> names = options.split().map(Split::names).orElse(List.of(input.name()));
    List<String> folders = names.stream().map(name -> new Path(folder, name).toString()).toList();
    List<Written> written =
        examples
            .mapPartitionsWithIndex(
                new ShardTask(options.format(), source.schema(), folders, division), false)
            .collect();
    long rejected = rejected(spark, input, written, folder);
    return Stream.iterate(0, i -> i + 1)
        .limit(names.size())
        .map(part -> part(source.schema(), names.get(part), part, written, rejected))
        .toList();
  }

  /** By the size of the examples, so that it is the same on any cluster. */
  private int shards(DataSource source) {
    if (options.shards().isPresent()) {
      return options.shards().getAsInt();
    }
    Schema schema = source.schema();
    long width = schema.featureType() == FeatureType.UINT8 ? 1 : Float.BYTES;
    long bytes = source.count() * (schema.featureLength() * width + Long.BYTES + Float.BYTES);
    long small = Math.min(MANY_SHARDS, bytes / SHARD_BYTES + 1);
    return Math.toIntExact(Math.max(small, bytes / LARGE_SHARD_BYTES));
  }

  /** How many examples were left out; which, and why, is written down. */
  private static long rejected(
      JavaSparkContext spark, Input input, List<Written> written, Path folder) throws IOException {
    DataSource source = input.source();
    long examples = written.stream().mapToLong(shard -> shard.summary().examples()).sum();
    if (examples == source.count()) {
      return 0;
    }
    Path list = new Path(folder, "rejects-%s.csv".formatted(input.name()));
    long rejected = RejectList.write(source.rejects(spark), list);
    if (examples + rejected != source.count()) {
      throw new IllegalStateException(
          "of %d examples %d were written and %d rejected"
              .formatted(source.count(), examples, rejected));
    }
    return rejected;
  }

  private static PreparedManifest.Part part(
      Schema schema, String name, int part, List<Written> written, long rejected) {
    DataSummary summary = new DataSummary(schema);
    List<PreparedFile> files = new ArrayList<>();
    for (Written shard : written) {
      if (shard.part() == part) {
        summary.merge(shard.summary());
        shard.files().stream()
            .map(file -> new PreparedFile(name + "/" + file.name(), file.bytes()))
            .forEach(files::add);
      }
    }
    if (summary.examples() == 0) {
      throw new DataError("there are too few examples: none for part %s".formatted(name));
    }
    return PreparedManifest.Part.of(name, summary, rejected, files);
  }
}
