package dev.lockstep.table;

import dev.lockstep.data.ClassNumbers;
import dev.lockstep.data.DataError;
import dev.lockstep.data.LabelSurvey;
import java.io.Serializable;
import java.math.BigDecimal;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

/**
 * Reads labels.
 *
 * @param task class numbers, or values
 * @param classes how many there may be
 * @param names the numbers of classes that are texts; null if labels are numbers
 */
public record LabelReader(NetworkTask task, int classes, ClassNumbers names)
    implements Serializable {

  /** Of numbers. */
  public LabelReader(NetworkTask task, int classes) {
    this(task, classes, null);
  }

  /**
   * Complains about a column that cannot hold labels.
   *
   * @throws IllegalArgumentException naming its type
   */
  public static void check(StructField column, NetworkTask task) {
    boolean number = column.dataType() instanceof NumericType;
    boolean other = task == NetworkTask.CLASSIFICATION ? isText(column) : isVector(column);
    if (!number && !other) {
      throw new IllegalArgumentException(
          "labelCol: column %s is of type %s: expected numbers%s"
              .formatted(
                  column.name(),
                  column.dataType().simpleString(),
                  task == NetworkTask.CLASSIFICATION
                      ? ", or names of classes as strings or booleans"
                      : " or vectors"));
    }
  }

  /** Whether labels are names of classes. */
  static boolean isText(StructField column) {
    return column.dataType() instanceof StringType || column.dataType() instanceof BooleanType;
  }

  public static boolean isVector(StructField column) {
    return column.dataType().equals(SQLDataTypes.VectorType());
  }

  /**
   * Reads one label.
   *
   * @param value of the label column
   * @return the class number alone, or the values
   * @throws InvalidRow if it is null, or no such number
   */
  float[] read(Object value) throws InvalidRow {
    if (value == null) {
      throw new InvalidRow("the label is null");
    }
    if (names != null) {
      try {
        return new float[] {names.number(LabelSurvey.className(value.toString()), "the label")};
      } catch (DataError e) {
        throw new InvalidRow(e.getMessage(), e);
      }
    }
    double[] values =
        value instanceof Vector vector
            ? vector.toArray()
            : new double[] {((Number) value).doubleValue()};
    float[] target = new float[values.length];
    for (int i = 0; i < target.length; i++) {
      target[i] = (float) values[i];
      if (!Float.isFinite(target[i])) {
        throw new InvalidRow("the label is " + values[i]);
      }
    }
    if (task == NetworkTask.CLASSIFICATION && (values[0] < 0 || values[0] != (int) values[0])) {
      throw new InvalidRow("expected a class number, 0 or more, as label, found " + values[0]);
    }
    if (task == NetworkTask.CLASSIFICATION && values[0] >= classes) {
      throw new InvalidRow(
          "expected a class number, 0 to %d, as label, found %s"
              .formatted(classes - 1, BigDecimal.valueOf(values[0]).toPlainString()));
    }
    return target;
  }
}
