package dev.lockstep.data.parquet;

import dev.lockstep.data.ClassNumbers;
import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.Example;
import dev.lockstep.data.Values;
import dev.lockstep.data.parquet.TableLayout.Kind;
import dev.lockstep.data.recipe.UnusableValue;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Makes examples of the rows of a table. */
final class TableConverter extends RecordMaterializer<Example> {
  private final TableLayout layout;
  private final ClassNumbers classes;
  private final RowRange range;
  private final Map<String, Cell> cells = new LinkedHashMap<>();
  private final Numbers list = new Numbers(0);
  private final VectorColumn vector = new VectorColumn();
  private final ExampleConverter.Pixels pixels = new ExampleConverter.Pixels();
  private final ColumnGroup root;
  private final int length;
  private long row;

  /**
   * @param length how many features a row has; negative if that is not known
   * @param columns what is read of the file
   * @param classes null for regression
   * @param range what is read
   * @param firstRow the number of the first row within the file that will be read
   */
  TableConverter(
      TableLayout layout,
      int length,
      MessageType columns,
      ClassNumbers classes,
      RowRange range,
      long firstRow) {
    this.layout = layout;
    this.length = length;
    this.classes = classes;
    this.range = range;
    row = firstRow;
    root = new ColumnGroup(columns.getFields().stream().map(this::converter).toList());
    range.part().partition().forEach((name, value) -> cells.put(name, Cell.constant(value)));
  }

  private Converter converter(Type column) {
    String name = column.getName();
    if (layout.kind() != Kind.COLUMNS && layout.features().contains(name)) {
      return switch (layout.kind()) {
        case BYTES -> pixels;
        case PICTURES -> column.isPrimitive() ? pixels : new ColumnGroup(List.of(pixels));
        case VECTOR -> vector;
        default -> ColumnGroup.list(list, ColumnGroup.depth(column));
      };
    }
    return cells.computeIfAbsent(name, unused -> Cell.of(column));
  }

  @Override
  public GroupConverter getRootConverter() {
    return root;
  }

  @Override
  public Example getCurrentRecord() {
    row++;
    try {
      Values features = features();
      float[] target = target();
      clear();
      return new Example(range.before() + row - 1, features, target);
    } catch (UnusableValue e) {
      throw new DataError("%s: %s".formatted(where(), e.getMessage()), e);
    }
  }

  private float[] target() throws UnusableValue {
    float[] target = classes == null ? numbers(layout.labels()) : new float[] {classNumber()};
    if (layout.weights() == null) {
      return target;
    }
    float[] weighted = Arrays.copyOf(target, target.length + 1);
    weighted[target.length] = weight();
    return weighted;
  }

  /** How much the row counts; 1 where rows have no weights. */
  float weight() throws UnusableValue {
    if (layout.weights() == null) {
      return 1;
    }
    Cell cell = cells.get(layout.weights());
    if (!(cell.number() >= 0)) {
      throw new UnusableValue(
          "column %s: expected a weight of at least 0, found %s"
              .formatted(layout.weights(), cell.text()));
    }
    return cell.number();
  }

  /** Before the next row. */
  void clear() {
    cells.values().forEach(Cell::clear);
  }

  /** What there is of the row in a column that is no list. */
  Cell cell(String column) {
    return cells.get(column);
  }

  /** The features of the row, or the bytes of its picture. */
  Values features() throws UnusableValue {
    Values features =
        switch (layout.kind()) {
          case COLUMNS ->
              new Values.Floats(
                  layout.recipe() == null
                      ? numbers(layout.features())
                      : TableRecipes.features(layout.recipe(), cells));
          case VECTOR -> new Values.Floats(vector.take());
          case LIST -> new Values.Floats(list.take());
          case BYTES, PICTURES -> {
            byte[] bytes = pixels.take();
            yield new Values.Bytes(bytes == null ? new byte[0] : bytes);
          }
        };
    if (length >= 0 && features.length() != length) {
      throw new UnusableValue(
          "expected %d features, found %d".formatted(length, features.length()));
    }
    return features;
  }

  private float[] numbers(List<String> columns) throws UnusableValue {
    float[] numbers = new float[columns.size()];
    for (int i = 0; i < numbers.length; i++) {
      Cell cell = cells.get(columns.get(i));
      numbers[i] = cell.number();
      if (Float.isNaN(numbers[i])) {
        throw new UnusableValue(
            "column %s: expected a number, found %s".formatted(columns.get(i), cell.text()));
      }
    }
    return numbers;
  }

  private int classNumber() {
    String column = layout.labels().get(0);
    String text = cells.get(column).text();
    if (text == null) {
      throw new DataError("%s: column %s: expected a class, found null".formatted(where(), column));
    }
    return classes.number(text, "%s: column %s".formatted(where(), column));
  }

  private String where() {
    return "%s: row %d".formatted(DataFiles.name(range.part().path()), row);
  }
}
