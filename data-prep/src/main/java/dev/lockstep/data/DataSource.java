package dev.lockstep.data;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Where examples come from. The one interface to implement for another kind of data. */
public interface DataSource {

  /** What every example looks like; reads headers at most. */
  Schema schema();

  /** How many examples there are; reads headers at most. */
  long count();

  /**
   * The examples in {@code partitions} partitions, whose sizes differ by at most one; lazy.
   *
   * @throws DataError from a task, if what it reads is malformed
   */
  JavaRDD<Example> load(JavaSparkContext spark, int partitions);
}
