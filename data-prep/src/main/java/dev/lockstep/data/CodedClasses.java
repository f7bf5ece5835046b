package dev.lockstep.data;

import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** The examples of other data, whose classes a network has in another coding. */
record CodedClasses(DataSource data, Schema schema) implements DataSource {
  @Override
  public long count() {
    return data.count();
  }

  @Override
  public JavaRDD<Example> load(JavaSparkContext spark, int partitions) {
    return data.load(spark, partitions);
  }

  @Override
  public JavaRDD<Example> scan(JavaSparkContext spark) {
    return data.scan(spark);
  }

  @Override
  public JavaRDD<Reject> rejects(JavaSparkContext spark) {
    return data.rejects(spark);
  }

  @Override
  public List<String> paths() {
    return data.paths();
  }

  @Override
  public Optional<Preprocessing> preprocessing() {
    return data.preprocessing();
  }

  @Override
  public List<Long> classCounts(JavaSparkContext spark) {
    return data.classCounts(spark);
  }

  @Override
  public List<String> notes() {
    return data.notes();
  }
}
