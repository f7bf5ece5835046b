package dev.lockstep.data.parquet;

import dev.lockstep.data.RowTable.Column.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;

/** One value of a row: a number or a text, or nothing. */
final class Cell extends PrimitiveConverter {
  private static final int NO_DECIMAL = -1;

  private final int scale;
  private final boolean constant;
  private String text;
  private double number = Double.NaN;
  private long whole;

  private Cell(int scale, boolean constant) {
    this.scale = scale;
    this.constant = constant;
  }

  /**
   * One that is the same in all rows of a file.
   *
   * @param text null if there is nothing
   */
  static Cell constant(String text) {
    Cell cell = new Cell(NO_DECIMAL, true);
    cell.text = text;
    cell.number = text != null && isNumber(text) ? Double.parseDouble(text) : Double.NaN;
    return cell;
  }

  /** Whether a text is a plain decimal number. */
  static boolean isNumber(String text) {
    return text.matches("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");
  }

  /** For the values of a column. */
  static Cell of(Type column) {
    return new Cell(
        column.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal
            ? decimal.getScale()
            : NO_DECIMAL,
        false);
  }

  @Override
  public void addBinary(Binary value) {
    if (scale == NO_DECIMAL) {
      text = value.toStringUsingUTF8();
    } else {
      addDouble(new BigDecimal(new BigInteger(value.getBytes()), scale).doubleValue());
    }
  }

  @Override
  public void addInt(int value) {
    addLong(value);
  }

  @Override
  public void addLong(long value) {
    addDouble(scale == NO_DECIMAL ? value : BigDecimal.valueOf(value, scale).doubleValue());
    whole = value;
  }

  @Override
  public void addFloat(float value) {
    addDouble(value);
  }

  @Override
  public void addDouble(double value) {
    number = value;
    text = Double.isFinite(value) ? plain(value) : String.valueOf(value);
  }

  @Override
  public void addBoolean(boolean value) {
    addDouble(value ? 1 : 0);
    text = String.valueOf(value);
  }

  private static String plain(double value) {
    return value == Math.rint(value)
        ? new BigDecimal(value).toPlainString()
        : String.valueOf(value);
  }

  /** As a class is named; null if there is nothing. */
  String text() {
    return text;
  }

  /** The value; NaN if it is none, or too large for float32. */
  float number() {
    return text == null || !Float.isFinite((float) number) ? Float.NaN : (float) number;
  }

  /** The value as it is stored; null if there is nothing. */
  Object value(Kind kind) {
    return text == null
        ? null
        : switch (kind) {
          case TEXT -> text;
          case WHOLE -> whole;
          case NUMBER -> number;
          case TRUTH -> number != 0;
        };
  }

  /** Before the next row. */
  void clear() {
    if (!constant) {
      text = null;
      number = Double.NaN;
    }
  }
}
