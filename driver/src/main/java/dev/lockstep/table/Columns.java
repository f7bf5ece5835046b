package dev.lockstep.table;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Columns by name, with messages of one line. */
public final class Columns {
  private static final List<DataType> WHOLE =
      List.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType);

  private Columns() {}

  /**
   * A column that a parameter names.
   *
   * @throws IllegalArgumentException if there is none, or more than one
   */
  public static StructField find(StructType schema, String param, String name) {
    StructField[] found =
        Arrays.stream(schema.fields())
            .filter(field -> field.name().equals(name))
            .toArray(StructField[]::new);
    if (found.length != 1) {
      throw new IllegalArgumentException(
          "%s: expected one column %s, found %s"
              .formatted(
                  param,
                  name,
                  found.length > 1
                      ? found.length
                      : "only " + String.join(", ", schema.fieldNames())));
    }
    return found[0];
  }

  /**
   * Complains about a column that does not hold whole numbers.
   *
   * @throws IllegalArgumentException naming its type
   */
  public static void expectWhole(StructField column) {
    if (!WHOLE.contains(column.dataType())) {
      throw new IllegalArgumentException(
          "idCol: column %s is of type %s: expected whole numbers"
              .formatted(column.name(), column.dataType().simpleString()));
    }
  }

  /**
   * Complains about a column that does not hold numbers.
   *
   * @throws IllegalArgumentException naming its type
   */
  public static void expectNumbers(StructField column) {
    if (!(column.dataType() instanceof NumericType)) {
      throw new IllegalArgumentException(
          "weightCol: column %s is of type %s: expected numbers"
              .formatted(column.name(), column.dataType().simpleString()));
    }
  }

  /**
   * Complains about a column that does not hold truths.
   *
   * @throws IllegalArgumentException naming its type
   */
  public static void expectBoolean(StructField column) {
    if (!column.dataType().equals(DataTypes.BooleanType)) {
      throw new IllegalArgumentException(
          "validationIndicatorCol: column %s is of type %s: expected booleans"
              .formatted(column.name(), column.dataType().simpleString()));
    }
  }

  /** A column by its name, whatever characters that has. */
  public static Column column(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }

  /** All columns of a schema with their metadata, which typed operations lose. */
  public static Column[] all(StructType schema) {
    return Arrays.stream(schema.fields())
        .map(field -> column(field.name()).as(field.name(), field.metadata()))
        .toArray(Column[]::new);
  }
}
