package dev.lockstep.data.prepare;

import dev.lockstep.data.ChangedSource;
import dev.lockstep.data.ClassCoding;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.Examples;
import dev.lockstep.data.Preprocessing;
import dev.lockstep.data.Schema;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Prepared examples, with how they became so: models that learn from them keep it.
 *
 * @param part of the data set, by name
 */
record PreparedSource(DataSource data, PreparedManifest manifest, String part)
    implements ChangedSource {
  @Override
  public Schema schema() {
    return data.schema();
  }

  @Override
  public JavaRDD<Example> changed(JavaRDD<Example> examples) {
    return examples;
  }

  @Override
  public Optional<JavaRDD<Examples>> stored(JavaSparkContext spark, int workers, long memory) {
    return data.stored(spark, workers, memory);
  }

  @Override
  public Optional<JavaRDD<Examples>> undecoded(
      JavaSparkContext spark, int workers, ClassCoding coding) {
    return data.undecoded(spark, workers, coding);
  }

  @Override
  public List<Long> classCounts(JavaSparkContext spark) {
    return data.classCounts(spark);
  }

  @Override
  public Optional<Preprocessing> preprocessing() {
    Preprocessing made = manifest.recipe() != null ? manifest.recipe() : manifest.pictures();
    return Optional.ofNullable(made).or(data::preprocessing);
  }

  /** As the part was prepared, unless it is read otherwise. */
  @Override
  public Optional<String> contentHash() {
    Schema prepared = manifest.schema();
    boolean same =
        schema().classNames().equals(prepared.classNames())
            && schema().featureShape().equals(prepared.featureShape());
    return manifest.parts().stream()
        .filter(own -> same)
        .filter(own -> own.name().equals(part))
        .map(PreparedManifest.Part::hash)
        .findFirst();
  }

  @Override
  public List<String> labels() {
    return manifest.labels().isEmpty() ? data.labels() : manifest.labels();
  }
}
