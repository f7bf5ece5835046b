package dev.lockstep.data.parquet;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataFormat;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import java.nio.charset.StandardCharsets;
import org.apache.spark.api.java.JavaSparkContext;

/** Parquet files, by their first four bytes; or by their names, so that damage is told as such. */
public final class ParquetFormat implements DataFormat {
  private static final String MAGIC = "PAR1";
  private static final String EXTENSION = ".parquet";

  @Override
  public boolean matches(DataFiles files) {
    return isPartitioned(files)
        || new String(files.head(), StandardCharsets.ISO_8859_1).startsWith(MAGIC)
        || !files.files().isEmpty() && files.files().get(0).getPath().getName().endsWith(EXTENSION);
  }

  /** Whether there are only folders named by a column and its value, as Hive and Spark write. */
  private static boolean isPartitioned(DataFiles files) {
    return files.files().isEmpty()
        && !files.folders().isEmpty()
        && files.folders().stream()
            .allMatch(folder -> folder.getPath().getName().matches("\\w+=.*"));
  }

  @Override
  public DataSource open(JavaSparkContext spark, DataLocation location, DataFiles files) {
    if (isPartitioned(files)) {
      throw new DataError(
          "%s: expected files, found a table in folders by its values, as %s: write it again without partitionBy"
              .formatted(
                  DataFiles.name(location.data()), files.folders().get(0).getPath().getName()));
    }
    ParquetParts parts = ParquetParts.open(spark, files.files());
    return parts.first().schema() == null
        ? TableSource.open(spark, location, parts)
        : ParquetSource.open(parts);
  }
}
