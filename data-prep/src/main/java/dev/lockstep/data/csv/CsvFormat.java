package dev.lockstep.data.csv;

import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataFormat;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.RowTable;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** CSV files: whatever begins with text. */
public final class CsvFormat implements DataFormat {

  @Override
  public boolean matches(DataFiles files) {
    if (CsvBlock.isUtf16(files.head())) {
      return true;
    }
    for (byte b : files.head()) {
      boolean control = b >= 0 && b < ' ' && b != '\t' && b != '\r' && b != '\n';
      if (control) {
        return false;
      }
    }
    return files.head().length > 0;
  }

  @Override
  public DataSource open(JavaSparkContext spark, DataLocation location, DataFiles files) {
    return CsvSource.open(spark, location, files);
  }

  @Override
  public Optional<RowTable> rows(JavaSparkContext spark, RowTable.Wanted wanted, DataFiles files) {
    return Optional.of(CsvRowTable.open(spark, wanted, files));
  }
}
