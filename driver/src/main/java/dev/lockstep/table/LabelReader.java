package dev.lockstep.table;

import dev.lockstep.data.ClassNumbers;
import dev.lockstep.data.DataError;
import dev.lockstep.data.LabelSurvey;
import dev.lockstep.spark.ScalaLists;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Objects;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

/**
 * Reads labels.
 *
 * @param task class numbers, values, or 0 and 1 for each of several labels
 * @param classes how many there may be
 * @param names the numbers of classes that are texts; null if labels are numbers
 * @param length how many values a label has
 */
public record LabelReader(NetworkTask task, int classes, ClassNumbers names, int length)
    implements Serializable {

  /** Of numbers. */
  public LabelReader(NetworkTask task, int classes) {
    this(task, classes, null, 1);
  }

  /**
   * Complains about a column that cannot hold labels.
   *
   * @throws IllegalArgumentException naming its type
   */
  public static void check(StructField column, NetworkTask task) {
    boolean number = column.dataType() instanceof NumericType;
    boolean fits =
        switch (task) {
          case CLASSIFICATION -> number || isText(column);
          case MULTI_LABEL -> isVector(column);
          case REGRESSION -> number || isVector(column);
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "labelCol: column %s is of type %s: expected numbers%s"
              .formatted(
                  column.name(),
                  column.dataType().simpleString(),
                  task == NetworkTask.REGRESSION
                      ? ", vectors or arrays of numbers"
                      : ", names of classes as strings or booleans, or vectors or arrays of 0 and 1"
                          + " for several labels of a row"));
    }
  }

  /** Whether labels are names of classes. */
  static boolean isText(StructField column) {
    return column.dataType() instanceof StringType || column.dataType() instanceof BooleanType;
  }

  /** Whether labels are vectors or arrays of numbers. */
  public static boolean isVector(StructField column) {
    return column.dataType().equals(SQLDataTypes.VectorType())
        || column.dataType() instanceof ArrayType array
            && array.elementType() instanceof NumericType;
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
    double[] values = values(value);
    if (values.length != length) {
      throw new InvalidRow(
          "expected a label of %d values, found %d".formatted(length, values.length));
    }
    float[] target = new float[values.length];
    for (int i = 0; i < target.length; i++) {
      target[i] = (float) values[i];
      if (!Float.isFinite(target[i])) {
        throw new InvalidRow("the label is " + values[i]);
      }
      if (task == NetworkTask.MULTI_LABEL && target[i] != 0 && target[i] != 1) {
        throw new InvalidRow(
            "expected 0 or 1 for each of several labels, found %s for label %d"
                .formatted(values[i], i));
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

  @SuppressWarnings("unchecked") // As the column's type says.
  private static double[] values(Object value) throws InvalidRow {
    if (value instanceof Vector vector) {
      return vector.toArray();
    }
    if (value instanceof Number number) {
      return new double[] {number.doubleValue()};
    }
    var numbers = ScalaLists.<Number>of((scala.collection.Seq<Number>) value);
    if (numbers.stream().anyMatch(Objects::isNull)) {
      throw new InvalidRow("a value of the label is null");
    }
    return numbers.stream().mapToDouble(Number::doubleValue).toArray();
  }
}
