package dev.lockstep.table;

import dev.lockstep.data.ClassNumbers;
import dev.lockstep.data.DataError;
import dev.lockstep.data.LabelSurvey;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Schema.FeatureType;
import dev.lockstep.data.Transport;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.data.recipe.TableRecipe;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;

/**
 * A table to be trained on: which columns, and what they are for.
 *
 * @param features name of the column of vectors, arrays of numbers, or pictures; or with a recipe,
 *     of its columns
 * @param label name of the column of class numbers from 0 or names of classes, or of numbers or
 *     vectors of them, or of vectors of 0 and 1
 * @param id name of a column of unique whole numbers, in whose order rows are then trained,
 *     whatever partitions they come in; empty for their order as they come
 * @param weight name of a column with how much each row counts; empty where all count 1
 * @param task what labels are
 * @param invalid what becomes of rows that cannot be used
 * @param pictures how pictures become features; needed where there are some
 * @param classes that the network tells apart, if it is there already
 * @param classNames what classes are called, if that is known already; else none
 * @param recipe how several columns become features
 */
public record Rows(
    Dataset<?> table,
    List<String> features,
    String label,
    Optional<String> id,
    Optional<String> weight,
    NetworkTask task,
    InvalidRows invalid,
    Optional<ImagePreprocessing> pictures,
    OptionalInt classes,
    List<String> classNames,
    Optional<TableRecipe> recipe) {
  private static final int FEWEST_CLASSES = 2;

  /** Numbers and labels for a network; a row that cannot be used is an error. */
  public Rows(Dataset<?> table, String features, String label, NetworkShape network) {
    this(
        table,
        List.of(features),
        label,
        Optional.empty(),
        Optional.empty(),
        network.task(),
        InvalidRows.ERROR,
        Optional.empty(),
        OptionalInt.of(network.classes()),
        List.of(),
        Optional.empty());
  }

  /**
   * Reads the rows, once, and keeps what it reads until closed.
   *
   * @throws IllegalArgumentException if columns are missing or of other types
   * @throws DataError if there are no rows that can be used, or ids are not unique
   */
  public RowSource open() {
    LabelReader.check(labelColumn(), task);
    ClassNumbers names =
        task == NetworkTask.CLASSIFICATION && LabelReader.isText(labelColumn())
            ? ClassNumbers.of(Optional.of(classNames).filter(known -> !known.isEmpty()), found())
            : null;
    LabelReader labels =
        new LabelReader(task, classes.orElse(LabelSurvey.MAX_CLASSES), names, labelLength());
    FeatureReader reader =
        recipe
            .map(known -> MixedColumns.reader(table.schema(), known))
            .orElseGet(() -> featureColumn().reader(inputs(), pictures));
    Column[] columns =
        Stream.concat(
                Stream.of(featureValue(), Columns.column(label)),
                Stream.of(id, weight).flatMap(Optional::stream).map(Columns::column))
            .toArray(Column[]::new);
    return RowSource.open(
        table
            .select(columns)
            .javaRDD()
            .mapPartitions(
                new ExampleReader(reader, labels, id.isPresent(), weight.isPresent(), invalid)
                    ::readAll),
        id.isPresent() ? RowSource.Ids.GIVEN : RowSource.Ids.NONE,
        (largestLabel, targets) ->
            weighted(named(schema(reader.shape(), names(names, largestLabel), targets))),
        recipe,
        LabelReader.isVector(labelColumn()) ? FeatureColumn.names(labelColumn()) : List.of());
  }

  /** The column that is read: with a recipe, one of rows of its columns. */
  private Column featureValue() {
    return recipe.isPresent()
        ? functions.struct(
            recipe.get().names().stream().map(Columns::column).toArray(Column[]::new))
        : Columns.column(features.get(0));
  }

  private Set<String> found() {
    if (!classNames.isEmpty()) {
      return Set.of();
    }
    LabelSurvey survey =
        Transport.collect(
                table
                    .select(Columns.column(label).cast("string"))
                    .javaRDD()
                    .mapPartitions(
                        rows -> {
                          LabelSurvey.Builder labels = new LabelSurvey.Builder();
                          rows.forEachRemaining(
                              row -> {
                                if (!row.isNullAt(0)) {
                                  labels.add(row.getString(0), false, () -> "");
                                }
                              });
                          return List.of(labels.build()).iterator();
                        }))
            .stream()
            .reduce(LabelSurvey.NOTHING, LabelSurvey::plus);
    if (!survey.few()) {
      throw new DataError(
          "labelCol: column %s: expected at most %d classes, found more"
              .formatted(label, LabelSurvey.MAX_CLASSES));
    }
    return survey.places().keySet();
  }

  /** What kind of features there are. */
  public FeatureColumn featureColumn() {
    return recipe.isPresent()
        ? FeatureColumn.VECTORS
        : FeatureColumn.of(Columns.find(table.schema(), "featuresCol", features.get(0)));
  }

  private StructField labelColumn() {
    return Columns.find(table.schema(), "labelCol", label);
  }

  /** How many features a row has: as the column's metadata says; else as the first row has them. */
  public int inputs() {
    if (pictures.isPresent()) {
      return pictures.get().length();
    }
    if (recipe.isPresent()) {
      return recipe.get().width();
    }
    return FeatureColumn.length(table, Columns.find(table.schema(), "featuresCol", features.get(0)))
        .orElseThrow(() -> empty());
  }

  private static DataError empty() {
    return new DataError("there are no examples to train: the table is empty");
  }

  private int labelLength() {
    if (!LabelReader.isVector(labelColumn())) {
      return 1;
    }
    int length = FeatureColumn.length(table, labelColumn()).orElseThrow(() -> empty());
    if (task == NetworkTask.MULTI_LABEL && length < FEWEST_CLASSES) {
      throw new DataError(
          "labelCol: column %s: expected 2 labels or more in each row, found %d: give class numbers"
              .formatted(label, length));
    }
    return length;
  }

  /** With what the column calls its values. */
  private Schema named(Schema schema) {
    if (recipe.isPresent() || features.size() > 1) {
      return schema;
    }
    List<String> names =
        FeatureColumn.names(Columns.find(table.schema(), "featuresCol", features.get(0)));
    return names.size() == schema.featureLength() ? schema.withColumns(names) : schema;
  }

  private Schema weighted(Schema schema) {
    return weight.isPresent() ? schema.withWeights() : schema;
  }

  private List<String> names(ClassNumbers texts, int largestLabel) {
    if (task != NetworkTask.CLASSIFICATION) {
      return List.of();
    }
    List<String> names =
        texts != null
            ? texts.names()
            : LabelNames.of(labelColumn(), Math.max(FEWEST_CLASSES, largestLabel + 1));
    if (classes.isEmpty() || classes.getAsInt() == names.size()) {
      return names;
    }
    if (texts != null) {
      throw new DataError(
          "labelCol: column %s: expected %d classes, as the network has, found %d: %s"
              .formatted(label, classes.getAsInt(), names.size(), String.join(", ", names)));
    }
    return Schema.numbered(classes.getAsInt());
  }

  private Schema schema(List<Integer> shape, List<String> names, int targets) {
    return new Schema(
        shape,
        FeatureType.FLOAT32,
        names,
        names.isEmpty() ? targets - (weight.isPresent() ? 1 : 0) : 0,
        recipe.map(TableRecipe::features).orElse(List.of()));
  }
}
