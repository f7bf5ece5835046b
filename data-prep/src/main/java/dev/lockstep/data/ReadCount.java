package dev.lockstep.data;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.util.LongAccumulator;

/**
 * How many examples tasks have read while they go on: an accumulator of Spark's, whose value the
 * driver hears with each heartbeat of an executor.
 */
public final class ReadCount {
  /** What the accumulator is called. */
  public static final String NAME = "examples read";

  private ReadCount() {}

  /** The same, counted while they pass. */
  public static <T> JavaRDD<T> counted(JavaRDD<T> examples) {
    LongAccumulator count = examples.context().longAccumulator(NAME);
    return examples.map(
        example -> {
          count.add(1L);
          return example;
        });
  }
}
