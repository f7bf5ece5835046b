package dev.lockstep.ml;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * How the calling thread has named its Spark jobs.
 *
 * @param properties by name; null for what is not set
 */
record CallersJobGroup(JavaSparkContext spark, Map<String, String> properties) {
  private static final List<String> NAMES =
      List.of("spark.jobGroup.id", "spark.job.description", "spark.job.interruptOnCancel");

  static CallersJobGroup of(JavaSparkContext spark) {
    Map<String, String> properties = new HashMap<>();
    NAMES.forEach(name -> properties.put(name, spark.getLocalProperty(name)));
    return new CallersJobGroup(spark, properties);
  }

  /** Names them so again. */
  void restore() {
    properties.forEach(spark::setLocalProperty);
  }
}
