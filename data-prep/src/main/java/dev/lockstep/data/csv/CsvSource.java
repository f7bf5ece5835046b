package dev.lockstep.data.csv;

import dev.lockstep.data.ClassNumbers;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Deal;
import dev.lockstep.data.Example;
import dev.lockstep.data.Preprocessing;
import dev.lockstep.data.RisingColumns;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Schema.FeatureType;
import dev.lockstep.data.Transport;
import dev.lockstep.data.csv.CsvLayout.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * Rows of numbers and their labels in CSV files, numbered through in the order of the files' names.
 * Opening reads all of it once, in parallel, to count the rows and to know the classes. Rows are
 * dealt to partitions in turn, since tables are often sorted by their label.
 */
final class CsvSource implements DataSource {
  private final Schema schema;
  private final CsvLayout layout;

  /** Null for regression. */
  private final ClassNumbers classes;

  private final List<CsvBlock> blocks;
  private final CsvSurvey survey;

  private CsvSource(
      CsvLayout layout, ClassNumbers classes, List<CsvBlock> blocks, CsvSurvey survey) {
    this.layout = layout;
    this.classes = classes;
    this.blocks = blocks;
    this.survey = survey;
    Schema unweighted =
        new Schema(
            List.of(layout.recipe() == null ? layout.features().size() : layout.recipe().width()),
            FeatureType.FLOAT32,
            classes == null ? List.of() : classes.names(),
            classes == null ? layout.labels().size() : 0,
            layout.featureNames());
    schema = layout.weights() < 0 ? unweighted : unweighted.withWeights();
  }

  static CsvSource open(JavaSparkContext spark, DataLocation location, DataFiles files) {
    CsvScan scan = CsvScan.of(spark, location, files, Labels.NEEDED);
    CsvLayout layout = scan.layout();
    List<String> columns = layout.labels().stream().map(layout::describe).toList();
    ClassNumbers classes = scan.survey().labels().classes(location, columns).orElse(null);
    return new CsvSource(
        CsvRecipe.in(spark, location, scan.blocks(), layout, scan.survey().mixed()),
        classes,
        scan.blocks(),
        scan.survey());
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public long count() {
    return survey.rows();
  }

  @Override
  public Optional<Preprocessing> preprocessing() {
    return Optional.ofNullable(layout.recipe());
  }

  @Override
  public List<String> paths() {
    return blocks.stream().map(CsvBlock::path).distinct().toList();
  }

  /** None where columns have no names. */
  @Override
  public List<String> labels() {
    return layout.header() == null
        ? List.of()
        : layout.labels().stream().map(layout::called).toList();
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>(layout.notes());
    Optional.ofNullable(classes).flatMap(ClassNumbers::gaps).ifPresent(notes::add);
    survey.rising().positions().stream()
        .filter(layout.features()::contains)
        .map(column -> RisingColumns.note(layout.describe(column), layout.called(column)))
        .forEach(notes::add);
    return notes;
  }

  @Override
  public JavaRDD<Example> load(JavaSparkContext spark, int partitions) {
    return Deal.byId(scan(spark), partitions);
  }

  @Override
  public JavaRDD<Example> scan(JavaSparkContext spark) {
    CsvLayout columns = layout;
    ClassNumbers names = classes;
    return Transport.parallelize(spark, blocks, blocks.size())
        .flatMap(block -> new CsvRows(block, columns, names, SparkHadoopUtil.get().conf()));
  }
}
