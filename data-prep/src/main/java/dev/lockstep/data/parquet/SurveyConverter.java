package dev.lockstep.data.parquet;

import dev.lockstep.data.DataFiles;
import dev.lockstep.data.LabelSurvey;
import dev.lockstep.data.RisingColumns;
import java.io.Serializable;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Reads what has to be known before a table is read: its labels, of several columns the first, and
 * whole numbers, which may be an index.
 */
final class SurveyConverter extends RecordMaterializer<SurveyConverter.Seen> {
  private final Map<String, Cell> cells = new LinkedHashMap<>();
  private final List<Cell> wholes;
  private final Cell label;
  private final ColumnGroup root;
  private final RowRange range;

  /** Whether labels are true and false, which are names of classes. */
  private final boolean truths;

  private long row;

  /**
   * What one row has.
   *
   * @param label null if there is none
   */
  record Seen(String label, boolean number, String[] wholes, String file, long row) {}

  /**
   * What all rows have.
   *
   * @param rising of the columns of whole numbers
   */
  record Survey(LabelSurvey labels, RisingColumns rising) implements Serializable {
    static final Survey NOTHING = new Survey(LabelSurvey.NOTHING, new RisingColumns(0));

    /** Of the rows of a part. */
    static Survey of(Iterator<Seen> rows, int wholes) {
      LabelSurvey.Builder labels = new LabelSurvey.Builder();
      RisingColumns rising = new RisingColumns(wholes);
      rows.forEachRemaining(
          row -> {
            if (row.label() != null) {
              labels.add(
                  row.label(),
                  row.number(),
                  () -> "%s: row %d".formatted(DataFiles.name(row.file()), row.row()));
            }
            rising.add(row.wholes());
          });
      return new Survey(labels.build(), rising);
    }

    /** Both together, the other's rows after these. */
    Survey plus(Survey later) {
      return new Survey(labels.plus(later.labels), rising.plus(later.rising));
    }
  }

  /**
   * @param columns what is read of the file
   * @param firstRow the number of the first row within the file that will be read
   */
  SurveyConverter(TableLayout layout, MessageType columns, RowRange range, long firstRow) {
    columns.getFields().forEach(column -> cells.put(column.getName(), Cell.of(column)));
    root = new ColumnGroup(List.<Converter>copyOf(cells.values()));
    range.part().partition().forEach((name, value) -> cells.put(name, Cell.constant(value)));
    label = cells.get(layout.labels().get(0));
    wholes = layout.wholes().stream().map(cells::get).toList();
    truths = isTruth(columns, layout.labels().get(0));
    this.range = range;
    row = firstRow;
  }

  private static boolean isTruth(MessageType columns, String name) {
    return columns.containsField(name)
        && columns.getType(name).isPrimitive()
        && columns.getType(name).asPrimitiveType().getPrimitiveTypeName()
            == PrimitiveTypeName.BOOLEAN;
  }

  @Override
  public Seen getCurrentRecord() {
    row++;
    Seen seen =
        new Seen(
            label.text(),
            !truths && !Float.isNaN(label.number()),
            wholes.stream().map(Cell::text).toArray(String[]::new),
            range.part().path(),
            row);
    cells.values().forEach(Cell::clear);
    return seen;
  }

  @Override
  public GroupConverter getRootConverter() {
    return root;
  }
}
