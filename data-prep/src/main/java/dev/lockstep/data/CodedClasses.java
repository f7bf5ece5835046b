package dev.lockstep.data;

import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** The examples of other data, whose classes a network has in another coding. */
record CodedClasses(DataSource data, Schema schema) implements ChangedSource {
  @Override
  public JavaRDD<Example> changed(JavaRDD<Example> examples) {
    return examples;
  }

  @Override
  public Optional<JavaRDD<Examples>> undecoded(
      JavaSparkContext spark, int workers, ClassCoding coding) {
    return data.undecoded(spark, workers, coding);
  }

  @Override
  public Optional<String> contentHash() {
    return data.contentHash();
  }

  @Override
  public List<Long> classCounts(JavaSparkContext spark) {
    return data.classCounts(spark);
  }
}
