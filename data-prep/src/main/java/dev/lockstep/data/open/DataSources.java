package dev.lockstep.data.open;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataFormat;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataParts;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.RowTable;
import dev.lockstep.data.chunk.ChunkFormat;
import dev.lockstep.data.csv.CsvFormat;
import dev.lockstep.data.idx.IdxFormat;
import dev.lockstep.data.idx.IdxParts;
import dev.lockstep.data.image.CifarFormat;
import dev.lockstep.data.image.PictureFormat;
import dev.lockstep.data.parquet.ParquetFormat;
import dev.lockstep.data.prepare.PreparedDataset;
import dev.lockstep.data.text.TextSequences;
import dev.lockstep.data.text.TextSource;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** Opens any data that Lockstep can read. */
public final class DataSources {
  /** The first that matches reads; those that look at least of the content come last. */
  private static final List<DataFormat> FORMATS =
      List.of(
          new IdxFormat(),
          new ParquetFormat(),
          new ChunkFormat(),
          new CifarFormat(),
          new PictureFormat(),
          new CsvFormat());

  private static final int COLOURS = 3;

  private DataSources() {}

  /**
   * Opens data of whatever kind, which its content tells.
   *
   * @throws DataError if there is none, or of no known kind, or malformed
   */
  public static DataSource open(JavaSparkContext spark, DataLocation given) {
    Optional<PreparedDataset.Part> prepared =
        PreparedDataset.part(given, spark.hadoopConfiguration());
    DataLocation location = prepared.map(part -> part.location(given)).orElse(given);
    DataFiles files = DataFiles.list(location.data(), spark.hadoopConfiguration());
    if (location.pictures().orElse(null) instanceof TextSequences sequences) {
      return TextSource.open(spark, location, files, sequences);
    }
    DataFormat found = format(location, files);
    if (!(found instanceof CsvFormat || found instanceof ParquetFormat)) {
      expectNoneIgnored(location);
    }
    DataSource read = found.open(spark, location, files);
    DataSource source = prepared.map(part -> part.described(read)).orElse(read);
    if (location.weights().isPresent() && !source.schema().weighted()) {
      throw new DataError(
          "%s: expected a table in CSV or Parquet, which may have a column of weights: leave out --weight-column"
              .formatted(DataFiles.name(location.data())));
    }
    return asSaid(
        location
            .columns()
            .map(columns -> MatchedColumns.of(source, columns, location.data()))
            .orElse(source),
        location);
  }

  /**
   * Opens a table whose rows are read one by one; empty for data of other kinds.
   *
   * @throws DataError if there is no data, or of no known kind, or without the columns that are
   *     wanted
   */
  public static Optional<RowTable> rows(JavaSparkContext spark, RowTable.Wanted wanted) {
    DataLocation location = wanted.location();
    if (PreparedDataset.find(location.data(), spark.hadoopConfiguration()).isPresent()) {
      return Optional.empty();
    }
    DataFiles files = DataFiles.list(location.data(), spark.hadoopConfiguration());
    return format(location, files).rows(spark, wanted, files);
  }

  private static DataFormat format(DataLocation location, DataFiles files) {
    return FORMATS.stream()
        .filter(format -> format.matches(files))
        .findFirst()
        .orElseThrow(
            () ->
                new DataError(
                    "%s: expected IDX or Parquet files, folders of pictures, or CSV, found %s"
                        .formatted(DataFiles.name(location.data()), files.headText())));
  }

  /**
   * The parts of a location that has them by the names of its files, as stored; empty for others.
   *
   * @throws DataError if it cannot be read, or has files of several data sets
   */
  public static Optional<DataParts> parts(JavaSparkContext spark, DataLocation location) {
    Optional<DataParts> parts =
        IdxParts.find(spark, location).or(() -> CifarFormat.parts(spark, location));
    parts.ifPresent(found -> expectNoneIgnored(location));
    return parts;
  }

  private static void expectNoneIgnored(DataLocation location) {
    if (!location.ignored().isEmpty()) {
      throw new DataError(
          "%s: expected a table, columns of which (%s) are ignored, found pictures or arrays: leave out --ignore-columns"
              .formatted(DataFiles.name(location.data()), String.join(", ", location.ignored())));
    }
  }

  /**
   * Pictures that are stored pixel by pixel, [height, width, 3], as planes: [3, height, width].
   * Other data as it is.
   */
  public static DataSource planar(DataSource data) {
    List<Integer> shape = data.schema().featureShape();
    boolean interleaved = shape.size() == COLOURS && shape.get(2) == COLOURS;
    return interleaved && shape.get(0) != COLOURS ? Transposed.planar(data) : data;
  }

  /**
   * Data as a model knows it, its columns and classes being those of the same names.
   *
   * @param columns that the model knows; empty where it knows none by name
   * @param classNames likewise
   * @param location for messages
   * @throws DataError if a column is missing, or there is another class
   */
  public static DataSource asKnown(
      DataSource source, List<String> columns, List<String> classNames, String location) {
    DataSource ordered = columns.isEmpty() ? source : MatchedColumns.of(source, columns, location);
    return classNames.isEmpty() ? ordered : MatchedClasses.of(ordered, classNames, location);
  }

  /** Parts of a data set, whose pictures are stored, and labels are, as the location says. */
  public static DataParts turned(DataParts parts, DataLocation location) {
    return new DataParts() {
      @Override
      public DataSource train() {
        return asSaid(parts.train(), location);
      }

      @Override
      public Optional<DataSource> validation() {
        return parts.validation().map(part -> asSaid(part, location));
      }

      @Override
      public Optional<DataSource> test() {
        return parts.test().map(part -> asSaid(part, location));
      }
    };
  }

  private static DataSource asSaid(DataSource source, DataLocation location) {
    DataSource turned =
        location.axes() == DataLocation.Axes.ROWS ? source : Transposed.of(source, location.data());
    return location.task() == DataLocation.Task.MULTI_LABEL
        ? SeveralLabels.of(turned, location.data())
        : turned;
  }
}
