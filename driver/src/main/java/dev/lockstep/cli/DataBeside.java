package dev.lockstep.cli;

import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataLocation.Task;
import dev.lockstep.data.DataParts;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Schema;
import dev.lockstep.data.open.DataSources;
import dev.lockstep.report.Console;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Validation and test data of a training: of the same kind, their classes with the same numbers.
 *
 * @param options how the training data was named
 */
record DataBeside(
    JavaSparkContext spark, Console console, DataOptions options, DataSource training) {

  /**
   * What was named, or a part of the training data's own.
   *
   * @param path null if none was named; of a data set in parts, it is the same part that is meant
   * @param part which part
   * @param own those of the training data, if it has any
   */
  Optional<DataSource> part(
      String path, Function<DataParts, Optional<DataSource>> part, Optional<DataParts> own) {
    Optional<DataSource> found =
        path == null
            ? own.flatMap(part).map(source -> like(source, options.location().data()))
            : Optional.of(
                options
                    .parts(spark, path)
                    .flatMap(part)
                    .map(source -> like(source, path))
                    .orElseGet(() -> open(path)));
    return found.map(source -> source.coded(training.schema().coding()));
  }

  private DataSource like(DataSource source, String path) {
    Schema schema = training.schema();
    return expectShape(
        DataSources.asKnown(source, schema.columns(), schema.classNames(), path), path);
  }

  private DataSource open(String path) {
    Schema schema = training.schema();
    DataLocation location =
        DataLocation.of(path)
            .withTask(options.ofSeveralLabels() ? Task.MULTI_LABEL : Task.REGRESSION)
            .withColumns(schema.columns());
    if (schema.classes() > 0) {
      location = location.withTask(Task.CLASSIFICATION).withClassNames(schema.classNames());
    }
    location = options.like(spark, location, training);
    location = training.preprocessing().map(location::withPictures).orElse(location);
    DataSource source = DataSources.open(spark, location);
    Notes.tell(console, source);
    return expectShape(source, path);
  }

  private DataSource expectShape(DataSource source, String path) {
    Schema schema = training.schema();
    if (source.schema().featureLength() != schema.featureLength()) {
      throw new UserError(
          "%s: expected examples of %s, as the training data has, found %s"
              .formatted(path, schema.featureShape(), source.schema().featureShape()));
    }
    return source;
  }
}
