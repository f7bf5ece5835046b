package dev.lockstep.table;

import dev.lockstep.data.DataError;
import dev.lockstep.data.LabelSurvey;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Schema.FeatureType;
import dev.lockstep.data.image.ImagePreprocessing;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * A table to be trained on: which columns, and what they are for.
 *
 * @param features name of the column of vectors, arrays of numbers, or pictures
 * @param label name of the column of class numbers from 0, or of numbers or vectors of them
 * @param id name of a column of unique whole numbers, in whose order rows are then trained,
 *     whatever partitions they come in; empty for their order as they come
 * @param task what labels are
 * @param invalid what becomes of rows that cannot be used
 * @param pictures how pictures become features; needed where there are some
 * @param classes that the network tells apart, if it is there already
 */
public record Rows(
    Dataset<?> table,
    String features,
    String label,
    Optional<String> id,
    NetworkTask task,
    InvalidRows invalid,
    Optional<ImagePreprocessing> pictures,
    OptionalInt classes) {
  private static final int FEWEST_CLASSES = 2;

  /** Numbers and labels for a network; a row that cannot be used is an error. */
  public Rows(Dataset<?> table, String features, String label, NetworkShape network) {
    this(
        table,
        features,
        label,
        Optional.empty(),
        network.task(),
        InvalidRows.ERROR,
        Optional.empty(),
        OptionalInt.of(network.classes()));
  }

  /**
   * Reads the rows, once, and keeps what it reads until closed.
   *
   * @throws IllegalArgumentException if columns are missing or of other types
   * @throws DataError if there are no rows that can be used, or ids are not unique
   */
  public RowSource open() {
    LabelReader labels = new LabelReader(task, classes.orElse(LabelSurvey.MAX_CLASSES));
    LabelReader.check(labelColumn(), task);
    FeatureReader reader = featureColumn().reader(inputs(), pictures);
    Column[] columns =
        Stream.concat(Stream.of(features, label), id.stream())
            .map(Columns::column)
            .toArray(Column[]::new);
    return RowSource.open(
        table
            .select(columns)
            .javaRDD()
            .mapPartitions(new ExampleReader(reader, labels, invalid)::readAll),
        id.isPresent() ? RowSource.Ids.GIVEN : RowSource.Ids.NONE,
        (largestLabel, targets) -> schema(reader.shape(), largestLabel, targets));
  }

  /** What kind of features there are. */
  public FeatureColumn featureColumn() {
    return FeatureColumn.of(Columns.find(table.schema(), "featuresCol", features));
  }

  private StructField labelColumn() {
    return Columns.find(table.schema(), "labelCol", label);
  }

  /** How many features a row has: as the column's metadata says; else as the first row has them. */
  public int inputs() {
    if (pictures.isPresent()) {
      return pictures.get().length();
    }
    OptionalInt declared =
        FeatureColumn.declaredLength(Columns.find(table.schema(), "featuresCol", features));
    if (declared.isPresent()) {
      return declared.getAsInt();
    }
    Column values = Columns.column(features);
    List<Row> first = table.select(values).where(values.isNotNull()).takeAsList(1);
    if (first.isEmpty()) {
      throw new DataError("there are no examples to train: the table is empty");
    }
    return featureColumn() == FeatureColumn.VECTORS
        ? ((Vector) first.get(0).get(0)).size()
        : first.get(0).getList(0).size();
  }

  private Schema schema(List<Integer> shape, int largestLabel, int targets) {
    if (task == NetworkTask.REGRESSION) {
      return Schema.regression(shape, FeatureType.FLOAT32, targets);
    }
    List<String> names = LabelNames.of(labelColumn(), Math.max(FEWEST_CLASSES, largestLabel + 1));
    return Schema.classification(
        shape,
        FeatureType.FLOAT32,
        classes.isPresent() && classes.getAsInt() != names.size()
            ? Schema.numbered(classes.getAsInt())
            : names);
  }
}
