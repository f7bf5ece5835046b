package dev.lockstep.data;

import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Other data with its examples changed one by one: what it does not change is as there. */
public interface ChangedSource extends DataSource {

  /** What is changed. */
  DataSource data();

  /** The examples as they are here; lazy, one for one. */
  JavaRDD<Example> changed(JavaRDD<Example> examples);

  @Override
  default long count() {
    return data().count();
  }

  @Override
  default JavaRDD<Example> load(JavaSparkContext spark, int partitions) {
    return changed(data().load(spark, partitions));
  }

  @Override
  default JavaRDD<Example> scan(JavaSparkContext spark) {
    return changed(data().scan(spark));
  }

  @Override
  default JavaRDD<Reject> rejects(JavaSparkContext spark) {
    return data().rejects(spark);
  }

  @Override
  default List<String> paths() {
    return data().paths();
  }

  @Override
  default List<String> notes() {
    return data().notes();
  }

  @Override
  default Optional<Preprocessing> preprocessing() {
    return data().preprocessing();
  }

  @Override
  default List<String> labels() {
    return data().labels();
  }
}
