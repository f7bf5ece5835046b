package dev.lockstep.data.parquet;

import dev.lockstep.data.ClassNumbers;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Deal;
import dev.lockstep.data.Example;
import dev.lockstep.data.Preprocessing;
import dev.lockstep.data.Reject;
import dev.lockstep.data.RisingColumns;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Schema.FeatureType;
import dev.lockstep.data.Transport;
import dev.lockstep.data.Values;
import dev.lockstep.data.image.EncodedPictures;
import dev.lockstep.data.parquet.SurveyConverter.Survey;
import dev.lockstep.data.parquet.TableLayout.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Tables of numbers and texts and their labels in Parquet files of any origin, numbered through in
 * the order of the files' names. Opening reads the label column once, in parallel, to know the
 * classes. Rows are dealt to partitions in turn, since tables are often sorted by their label.
 */
final class TableSource implements DataSource {
  /** So many pictures may be damaged before one tells the size. */
  private static final int LOOKED_AT = 10;

  private final ParquetParts parts;
  private final TableLayout layout;
  private final Schema schema;

  /** Null for regression. */
  private final ClassNumbers classes;

  private final List<String> notes;

  /** How they are decoded; null if the table has no pictures. */
  private final EncodedPictures pictures;

  private TableSource(
      ParquetParts parts,
      TableLayout layout,
      ClassNumbers classes,
      List<Integer> shape,
      List<String> notes,
      EncodedPictures pictures) {
    this.notes = notes;
    this.pictures = pictures;
    this.parts = parts;
    this.layout = layout;
    this.classes = classes;
    Schema unweighted =
        new Schema(
            shape,
            layout.kind() == Kind.BYTES || pictures != null
                ? FeatureType.UINT8
                : FeatureType.FLOAT32,
            classes == null ? List.of() : classes.names(),
            classes == null ? layout.labels().size() : 0,
            layout.kind() == Kind.COLUMNS ? names(layout) : List.of());
    schema = layout.weights() == null ? unweighted : unweighted.withWeights();
  }

  static TableSource open(JavaSparkContext spark, DataLocation location, ParquetParts parts) {
    String file = DataFiles.name(parts.first().path());
    TableLayout layout =
        TableRecipes.in(
            spark, location, parts, TableLayout.of(parts.columns(), location, file), file);
    int wholes = layout.wholes().size();
    Survey survey =
        Transport.collect(
                parts
                    .read(
                        spark,
                        spark.defaultParallelism(),
                        layout.survey(parts.columns()),
                        (columns, range, firstRow) ->
                            new SurveyConverter(layout, columns, range, firstRow))
                    .mapPartitions(rows -> List.of(Survey.of(rows, wholes)).iterator()))
            .stream()
            .reduce(Survey.NOTHING, Survey::plus);
    Optional<ClassNumbers> classes = survey.labels().classes(location, layout.labels());
    List<String> notes = new ArrayList<>(layout.notes());
    classes.flatMap(ClassNumbers::gaps).ifPresent(notes::add);
    survey.rising().positions().stream()
        .map(layout.wholes()::get)
        .map(name -> RisingColumns.note("column " + name, name))
        .forEach(notes::add);
    if (layout.kind() == Kind.PICTURES && parts.count() > 0) {
      List<byte[]> first = firstPictures(spark, parts, layout);
      EncodedPictures.lost(location, first.get(0)).ifPresent(notes::add);
      EncodedPictures pictures = EncodedPictures.of(file, location, first);
      return new TableSource(
          parts, layout, classes.orElse(null), pictures.preprocessing().shape(), notes, pictures);
    }
    return new TableSource(
        parts, layout, classes.orElse(null), List.of(length(spark, parts, layout)), notes, null);
  }

  private static List<byte[]> firstPictures(
      JavaSparkContext spark, ParquetParts parts, TableLayout layout) {
    TableLayout alone =
        new TableLayout(
            List.of(), null, layout.features(), layout.kind(), null, List.of(), List.of());
    return read(spark, 1, parts, alone, null, -1)
        .map(example -> ((Values.Bytes) example.features()).values())
        .take(LOOKED_AT);
  }

  private static List<String> names(TableLayout layout) {
    return layout.recipe() == null ? layout.features() : layout.recipe().features();
  }

  private static int length(JavaSparkContext spark, ParquetParts parts, TableLayout layout) {
    if (layout.kind() == Kind.COLUMNS || parts.count() == 0) {
      return names(layout).size();
    }
    TableLayout features =
        new TableLayout(
            List.of(), null, layout.features(), layout.kind(), null, List.of(), List.of());
    return Transport.first(read(spark, 1, parts, features, null, -1)).features().length();
  }

  private static JavaRDD<Example> read(
      JavaSparkContext spark,
      int partitions,
      ParquetParts parts,
      TableLayout layout,
      ClassNumbers classes,
      int length) {
    return parts.read(
        spark,
        partitions,
        layout.projection(parts.columns()),
        (columns, range, firstRow) ->
            new TableConverter(layout, length, columns, classes, range, firstRow));
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public long count() {
    return parts.count();
  }

  @Override
  public List<String> paths() {
    return parts.paths();
  }

  @Override
  public Optional<Preprocessing> preprocessing() {
    return pictures == null
        ? Optional.ofNullable(layout.recipe())
        : Optional.of(pictures.preprocessing());
  }

  @Override
  public JavaRDD<Reject> rejects(JavaSparkContext spark) {
    EncodedPictures decoding = pictures;
    return decoding == null ? spark.emptyRDD() : encoded(spark).flatMap(decoding::rejects);
  }

  @Override
  public List<String> labels() {
    return layout.labels();
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public JavaRDD<Example> load(JavaSparkContext spark, int partitions) {
    EncodedPictures decoding = pictures;
    return decoding == null
        ? Deal.byId(scan(spark), partitions)
        : Deal.byId(encoded(spark), partitions).flatMap(decoding::examples);
  }

  @Override
  public JavaRDD<Example> scan(JavaSparkContext spark) {
    EncodedPictures decoding = pictures;
    return decoding == null
        ? read(spark, spark.defaultParallelism(), parts, layout, classes, schema.featureLength())
        : encoded(spark).flatMap(decoding::examples);
  }

  /** Rows with their pictures as files. */
  private JavaRDD<Example> encoded(JavaSparkContext spark) {
    return read(spark, spark.defaultParallelism(), parts, layout, classes, -1);
  }
}
