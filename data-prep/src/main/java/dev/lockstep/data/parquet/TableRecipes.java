package dev.lockstep.data.parquet;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.LabelSurvey;
import dev.lockstep.data.Transport;
import dev.lockstep.data.csv.CsvNumber;
import dev.lockstep.data.parquet.TableLayout.Kind;
import dev.lockstep.data.recipe.ColumnRecipe;
import dev.lockstep.data.recipe.ColumnSurvey;
import dev.lockstep.data.recipe.InputGroups;
import dev.lockstep.data.recipe.TableRecipe;
import dev.lockstep.data.recipe.UnusableValue;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.api.java.JavaSparkContext;

/** How columns of Parquet files with texts and gaps become features. */
final class TableRecipes {
  private TableRecipes() {}

  /**
   * The layout with the recipe that a model knows; else with one that is made of the data, in one
   * pass over them, if there are columns of texts, or footers tell of missing values.
   *
   * @param file its name, for messages
   * @throws DataError if no column can be used, or one that the model knows is not there
   */
  static TableLayout in(
      JavaSparkContext spark,
      DataLocation location,
      ParquetParts parts,
      TableLayout layout,
      String file) {
    Optional<TableRecipe> known = TableRecipe.of(location.pictures());
    MessageType columns = parts.columns();
    if (known.isPresent()) {
      return known(layout, known.get(), columns, file);
    }
    Optional<InputGroups> groups = InputGroups.of(location.pictures());
    if (groups.isPresent() && layout.kind() == Kind.COLUMNS) {
      TableRecipe.Made made =
          groups.get().recipe(layout.features(), survey(spark, parts, layout), file);
      return layout.with(made.recipe(), made.notes());
    }
    boolean mixed =
        layout.kind() == Kind.COLUMNS
            && layout.features().stream()
                .anyMatch(
                    name ->
                        TableLayout.isText(columns.getType(name))
                            || parts.parts().stream().anyMatch(part -> part.gaps().contains(name)));
    // What the columns of a model that knows no recipe hold are numbers, or it is a mistake.
    if (!mixed || location.columns().isPresent()) {
      return layout;
    }
    TableRecipe.Made made = TableRecipe.of(layout.features(), survey(spark, parts, layout), file);
    return made.recipe().isPlain() && made.notes().isEmpty()
        ? layout
        : layout.with(made.recipe(), made.notes());
  }

  /**
   * The layout with the recipe that a model knows.
   *
   * @throws DataError if one of its columns is not there
   */
  static TableLayout known(
      TableLayout layout, TableRecipe recipe, MessageType columns, String file) {
    recipe.names().stream()
        .filter(name -> !columns.containsField(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new DataError(
                  "%s: expected a column '%s', found %s"
                      .formatted(file, name, String.join(", ", layout.features())));
            });
    return layout.with(recipe, List.of());
  }

  private static List<ColumnSurvey> survey(
      JavaSparkContext spark, ParquetParts parts, TableLayout layout) {
    List<String> names = layout.features();
    MessageType columns =
        new MessageType(
            parts.columns().getName(),
            parts.columns().getFields().stream()
                .filter(field -> names.contains(field.getName()))
                .toList());
    List<ColumnSurvey> all = fresh(names);
    List<List<ColumnSurvey>> found =
        Transport.collect(
            parts
                .read(
                    spark,
                    spark.defaultParallelism(),
                    columns,
                    (wanted, range, firstRow) -> new Rows(wanted, range, names))
                .mapPartitions(rows -> List.of(survey(rows, names)).iterator()));
    for (List<ColumnSurvey> part : found) {
      for (int i = 0; i < all.size(); i++) {
        all.get(i).plus(part.get(i));
      }
    }
    return all;
  }

  private static List<ColumnSurvey> fresh(List<String> names) {
    return Stream.generate(ColumnSurvey::new).limit(names.size()).toList();
  }

  private static List<ColumnSurvey> survey(Iterator<List<Value>> rows, List<String> names) {
    List<ColumnSurvey> surveys = fresh(names);
    rows.forEachRemaining(
        row -> {
          for (int i = 0; i < surveys.size(); i++) {
            row.get(i).addTo(surveys.get(i));
          }
        });
    return surveys;
  }

  /**
   * A value of a column.
   *
   * @param number NaN for none
   * @param text null for none
   */
  private record Value(float number, String text) {
    static Value of(Cell cell) {
      String text = cell.text();
      if (ColumnRecipe.isMissing(text)) {
        return new Value(Float.NaN, null);
      }
      float number = cell.number();
      return new Value(
          Float.isNaN(number) ? CsvNumber.parse(text) : number, LabelSurvey.className(text));
    }

    void addTo(ColumnSurvey survey) {
      if (text == null) {
        survey.addMissing();
      } else if (Float.isFinite(number)) {
        survey.addNumber(number, text);
      } else {
        survey.addText(text);
      }
    }
  }

  /** Reads rows of values. */
  private static final class Rows extends RecordMaterializer<List<Value>> {
    private final Map<String, Cell> cells = new LinkedHashMap<>();
    private final List<String> names;
    private final ColumnGroup root;

    Rows(MessageType columns, RowRange range, List<String> names) {
      this.names = names;
      columns.getFields().forEach(column -> cells.put(column.getName(), Cell.of(column)));
      root = new ColumnGroup(List.<Converter>copyOf(cells.values()));
      range.part().partition().forEach((name, value) -> cells.put(name, Cell.constant(value)));
    }

    @Override
    public List<Value> getCurrentRecord() {
      List<Value> row = names.stream().map(cells::get).map(Value::of).toList();
      cells.values().forEach(Cell::clear);
      return row;
    }

    @Override
    public GroupConverter getRootConverter() {
      return root;
    }
  }

  /** The features of a row, by the names of its columns. */
  static float[] features(TableRecipe recipe, Map<String, Cell> row) throws UnusableValue {
    List<Value> values = recipe.names().stream().map(row::get).map(Value::of).toList();
    float[] features = new float[recipe.width()];
    recipe.put(
        new TableRecipe.RowValues() {
          @Override
          public float number(int column) throws UnusableValue {
            Value value = values.get(column);
            if (value.text() != null && !Float.isFinite(value.number())) {
              throw TableRecipe.notANumber(value.text());
            }
            return value.number();
          }

          @Override
          public String text(int column) {
            return values.get(column).text();
          }
        },
        features,
        0);
    return features;
  }
}
