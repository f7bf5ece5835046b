package dev.lockstep.data.parquet;

import dev.lockstep.data.LabelSurvey;
import java.util.Iterator;
import java.util.List;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Reads labels alone; of several columns, the first. */
final class LabelConverter extends RecordMaterializer<LabelConverter.Label> {
  private final List<Cell> cells;
  private final ColumnGroup root;

  /** Whether labels are true and false, which are names of classes. */
  private final boolean truths;

  /**
   * One row's.
   *
   * @param text null if there is none
   */
  record Label(String text, boolean number) {}

  LabelConverter(MessageType columns) {
    cells = columns.getFields().stream().map(Cell::of).toList();
    truths =
        columns.getType(0).isPrimitive()
            && columns.getType(0).asPrimitiveType().getPrimitiveTypeName()
                == PrimitiveTypeName.BOOLEAN;
    root = new ColumnGroup(List.<Converter>copyOf(cells));
  }

  /** What labels there are. */
  static LabelSurvey survey(Iterator<Label> labels) {
    LabelSurvey.Builder survey = new LabelSurvey.Builder();
    labels.forEachRemaining(
        label -> {
          if (label.text() != null) {
            survey.add(label.text(), label.number());
          }
        });
    return survey.build();
  }

  @Override
  public Label getCurrentRecord() {
    Cell first = cells.get(0);
    Label label = new Label(first.text(), !truths && !Float.isNaN(first.number()));
    cells.forEach(Cell::clear);
    return label;
  }

  @Override
  public GroupConverter getRootConverter() {
    return root;
  }
}
