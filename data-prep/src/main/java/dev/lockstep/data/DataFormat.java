package dev.lockstep.data;

import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** A kind of data that can be told from others by looking at it. */
public interface DataFormat {

  /** Whether this is how the data is to be read. */
  boolean matches(DataFiles files);

  /**
   * Opens the data.
   *
   * @throws DataError if it is malformed, or the location says of it what cannot be
   */
  DataSource open(JavaSparkContext spark, DataLocation location, DataFiles files);

  /**
   * Opens data that are rows of a table, to be read one by one; empty for other data.
   *
   * @throws DataError if it has not the columns that are wanted
   */
  default Optional<RowTable> rows(JavaSparkContext spark, RowTable.Wanted wanted, DataFiles files) {
    return Optional.empty();
  }
}
