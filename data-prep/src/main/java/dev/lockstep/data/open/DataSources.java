package dev.lockstep.data.open;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataFormat;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.csv.CsvFormat;
import dev.lockstep.data.idx.IdxFormat;
import dev.lockstep.data.image.PictureFormat;
import dev.lockstep.data.parquet.ParquetFormat;
import dev.lockstep.data.prepare.PreparedDataset;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** Opens any data that Lockstep can read. */
public final class DataSources {
  /** The first that matches reads; those that look at least of the content come last. */
  private static final List<DataFormat> FORMATS =
      List.of(new IdxFormat(), new ParquetFormat(), new PictureFormat(), new CsvFormat());

  private DataSources() {}

  /**
   * Opens data of whatever kind, which its content tells.
   *
   * @throws DataError if there is none, or of no known kind, or malformed
   */
  public static DataSource open(JavaSparkContext spark, DataLocation given) {
    DataLocation location = PreparedDataset.resolve(given, spark.hadoopConfiguration());
    DataFiles files = DataFiles.list(location.data(), spark.hadoopConfiguration());
    DataSource source =
        FORMATS.stream()
            .filter(format -> format.matches(files))
            .findFirst()
            .orElseThrow(
                () ->
                    new DataError(
                        "%s: expected IDX or Parquet files, folders of pictures, or CSV, found %s"
                            .formatted(DataFiles.name(location.data()), files.headText())))
            .open(spark, location, files);
    return location
        .columns()
        .map(columns -> MatchedColumns.of(source, columns, location.data()))
        .orElse(source);
  }
}
