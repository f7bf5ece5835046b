package dev.lockstep.data.parquet;

import dev.lockstep.data.ClassNumbers;
import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.Example;
import dev.lockstep.data.Values;
import dev.lockstep.data.parquet.TableLayout.Kind;
import dev.lockstep.data.recipe.UnusableValue;
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
    Values features = features();
    if (length >= 0 && features.length() != length) {
      throw new DataError(
          "%s: expected %d features, found %d".formatted(where(), length, features.length()));
    }
    float[] target = classes == null ? numbers(layout.labels()) : new float[] {classNumber()};
    cells.values().forEach(Cell::clear);
    return new Example(range.before() + row - 1, features, target);
  }

  private Values features() {
    return switch (layout.kind()) {
      case COLUMNS ->
          new Values.Floats(layout.recipe() == null ? numbers(layout.features()) : made());
      case VECTOR -> new Values.Floats(vector.take());
      case LIST -> new Values.Floats(list.take());
      case BYTES, PICTURES -> {
        byte[] bytes = pixels.take();
        yield new Values.Bytes(bytes == null ? new byte[0] : bytes);
      }
    };
  }

  private float[] made() {
    try {
      return TableRecipes.features(layout.recipe(), cells);
    } catch (UnusableValue e) {
      throw new DataError("%s: %s".formatted(where(), e.getMessage()), e);
    }
  }

  private float[] numbers(List<String> columns) {
    float[] numbers = new float[columns.size()];
    for (int i = 0; i < numbers.length; i++) {
      Cell cell = cells.get(columns.get(i));
      numbers[i] = cell.number();
      if (Float.isNaN(numbers[i])) {
        throw new DataError(
            "%s: column %s: expected a number, found %s"
                .formatted(where(), columns.get(i), cell.text()));
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
