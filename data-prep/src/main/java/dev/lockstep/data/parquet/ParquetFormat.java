package dev.lockstep.data.parquet;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataFormat;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Locations;
import dev.lockstep.data.RowTable;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/** Parquet files, by their first four bytes; or by their names, so that damage is told as such. */
public final class ParquetFormat implements DataFormat {
  static final String MAGIC = "PAR1";
  private static final String DELTA = "_delta_log";
  static final String EXTENSION = ".parquet";

  @Override
  public boolean matches(DataFiles files) {
    return Partitions.matches(files)
        || new String(files.head(), StandardCharsets.ISO_8859_1).startsWith(MAGIC)
        || !files.files().isEmpty() && files.files().get(0).getPath().getName().endsWith(EXTENSION);
  }

  @Override
  public DataSource open(JavaSparkContext spark, DataLocation location, DataFiles files) {
    ParquetParts parts = parts(spark, location, files);
    return parts.first().schema() == null
        ? TableSource.open(spark, location, parts)
        : ParquetSource.open(parts);
  }

  @Override
  public Optional<RowTable> rows(JavaSparkContext spark, RowTable.Wanted wanted, DataFiles files) {
    ParquetParts parts = parts(spark, wanted.location(), files);
    return parts.first().schema() == null
        ? Optional.of(ParquetRowTable.open(parts, wanted))
        : Optional.empty();
  }

  private static ParquetParts parts(
      JavaSparkContext spark, DataLocation location, DataFiles files) {
    Configuration hadoop = spark.hadoopConfiguration();
    Path root = Locations.of(location.data(), hadoop);
    if (DataFiles.isFolder(new Path(root, DELTA), hadoop)) {
      throw new DataError(
          "%s: expected Parquet files, found a table of Delta Lake, which has files of its past beside: write it as Parquet"
              .formatted(DataFiles.name(location.data())));
    }
    return Partitions.matches(files)
        ? ParquetParts.open(spark, Partitions.files(files, hadoop), root)
        : ParquetParts.open(spark, files.files());
  }
}
