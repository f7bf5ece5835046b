package dev.lockstep.data.parquet;

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
    return new String(files.head(), StandardCharsets.ISO_8859_1).startsWith(MAGIC)
        || !files.files().isEmpty() && files.files().get(0).getPath().getName().endsWith(EXTENSION);
  }

  @Override
  public DataSource open(JavaSparkContext spark, DataLocation location, DataFiles files) {
    ParquetParts parts = ParquetParts.open(spark, files.files());
    return parts.first().schema() == null
        ? TableSource.open(spark, location, parts)
        : ParquetSource.open(parts);
  }
}
