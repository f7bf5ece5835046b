package dev.lockstep.data;

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
}
