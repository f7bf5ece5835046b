package dev.lockstep.data;

import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Where examples come from. The one interface to implement for another kind of data. */
public interface DataSource {

  /** What every example looks like. Known when a source has been opened; reads no more. */
  Schema schema();

  /**
   * How many examples there are, counting those that {@link #load} will find unreadable and leave
   * out. Known when a source has been opened; reads no more.
   */
  long count();

  /**
   * The examples in {@code partitions} partitions, whose sizes differ by at most one before {@link
   * #rejects} are left out; lazy, and the same in every run.
   *
   * @throws DataError from a task, if what it reads is malformed
   */
  JavaRDD<Example> load(JavaSparkContext spark, int partitions);

  /**
   * The examples in as many partitions as read fastest: each byte once, files that cannot be split
   * by one task each, sizes as they come; lazy. For whoever looks at all examples once, in any
   * order.
   *
   * @throws DataError from a task, if what it reads is malformed
   */
  default JavaRDD<Example> scan(JavaSparkContext spark) {
    return load(spark, spark.defaultParallelism());
  }

  /**
   * The examples as they are stored, dealt to workers, one element each, if they can be trained
   * from there; empty if they have to be loaded.
   *
   * @param memory bytes that each worker may take
   */
  default Optional<JavaRDD<Examples>> stored(JavaSparkContext spark, int workers, long memory) {
    return Optional.empty();
  }

  /**
   * The examples of {@link #load} as files that are decoded whenever one is wanted, dealt to
   * workers alike, one element each; empty if they are none. Each is read and decoded once for it,
   * and those that cannot be are left out.
   *
   * @param coding how a network has classes
   */
  default Optional<JavaRDD<Examples>> undecoded(
      JavaSparkContext spark, int workers, ClassCoding coding) {
    return Optional.empty();
  }

  /**
   * What {@link #load} leaves out, with the reasons; lazy: it reads everything once more, so ask
   * only when {@code load} gave fewer examples than {@link #count}. Empty for sources that make
   * each fault an error.
   */
  default JavaRDD<Reject> rejects(JavaSparkContext spark) {
    return spark.emptyRDD();
  }

  /**
   * The files that the examples come from, or folders that hold all of them; empty if from none.
   */
  default List<String> paths() {
    return List.of();
  }

  /** How pictures became these examples, for a model to do the same; empty for other data. */
  default Optional<Preprocessing> preprocessing() {
    return Optional.empty();
  }

  /** What the columns of a table are called that are to be learnt; empty for other data. */
  default List<String> labels() {
    return List.of();
  }

  /** The {@link ExampleHash} of all, where it is known without reading them. */
  default Optional<String> contentHash() {
    return Optional.empty();
  }

  /**
   * How many examples each class has, by class number; empty for regression. By default it looks at
   * all examples.
   */
  default List<Long> classCounts(JavaSparkContext spark) {
    Schema schema = schema();
    return schema.classes() == 0 ? List.of() : DataSummary.of(schema, scan(spark)).classCounts();
  }

  /** What whoever uses this data should know, one line each; reads no more. */
  default List<String> notes() {
    return List.of();
  }

  /** The same examples, whose two classes a network has in a coding of its own. */
  default DataSource coded(ClassCoding coding) {
    return schema().coding() == coding ? this : new CodedClasses(this, schema().withCoding(coding));
  }

  /**
   * The examples as rows; lazy. Columns: {@code id BIGINT}; {@code features BINARY} (UINT8) or
   * {@code ARRAY<FLOAT>} (FLOAT32), row-major of {@link Schema#featureShape}; {@code label INT},
   * the class number, or for regression {@code targets ARRAY<FLOAT>}.
   */
  default Dataset<Row> toDataFrame(SparkSession spark) {
    return ExampleRows.of(this, spark);
  }
}
