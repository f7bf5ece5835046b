package dev.lockstep.table;

import dev.lockstep.data.Schema.FeatureType;
import dev.lockstep.data.image.ImagePreprocessing;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import scala.Option;

/** What kind of features a column has. */
public enum FeatureColumn {
  VECTORS,
  ARRAYS,
  FILES,
  PICTURES;

  /**
   * The kind of a column.
   *
   * @throws IllegalArgumentException if it has no features
   */
  public static FeatureColumn of(StructField column) {
    DataType type = column.dataType();
    if (type.equals(SQLDataTypes.VectorType())) {
      return VECTORS;
    }
    if (type instanceof ArrayType array && array.elementType() instanceof NumericType) {
      return ARRAYS;
    }
    if (type instanceof BinaryType) {
      return FILES;
    }
    if (DataType.equalsIgnoreNullability(type, ImageSchema.columnSchema())) {
      return PICTURES;
    }
    throw new IllegalArgumentException(
        "featuresCol: column %s is of type %s: expected a vector, an array of numbers, a picture"
                .formatted(column.name(), type.simpleString())
            + " (image) or a picture file (binary)");
  }

  public boolean hasPictures() {
    return this == FILES || this == PICTURES;
  }

  /** As which they are normalised where nothing else is said. */
  public FeatureType featureType() {
    return hasPictures() ? FeatureType.UINT8 : FeatureType.FLOAT32;
  }

  /**
   * What reads it.
   *
   * @param length how many values an example has
   * @param preprocessing how pictures become features
   */
  public FeatureReader reader(int length, Optional<ImagePreprocessing> preprocessing) {
    return switch (this) {
      case VECTORS -> new FeatureReader.Vectors(length);
      case ARRAYS -> new FeatureReader.Arrays(length);
      case FILES -> new FeatureReader.Files(preprocessing.orElseThrow());
      case PICTURES -> new FeatureReader.Pictures(preprocessing.orElseThrow());
    };
  }

  /**
   * What the values of an example are called, as {@code VectorAssembler} says in the column's
   * metadata; empty if not all have names.
   */
  public static List<String> names(StructField column) {
    if (!column.dataType().equals(SQLDataTypes.VectorType())) {
      return List.of();
    }
    Option<Attribute[]> attributes = AttributeGroup.fromStructField(column).attributes();
    if (attributes.isEmpty()
        || Arrays.stream(attributes.get()).anyMatch(value -> value.name().isEmpty())) {
      return List.of();
    }
    List<String> names = Arrays.stream(attributes.get()).map(value -> value.name().get()).toList();
    return Set.copyOf(names).size() == names.size() ? names : List.of();
  }

  /**
   * Where a model's features are among those of a column, by their names.
   *
   * @param known the model's, in its order
   * @return empty if the column's are the same, or either does not name them
   * @throws IllegalArgumentException if one is missing
   */
  public static Optional<int[]> positions(StructField column, List<String> known) {
    List<String> found = names(column);
    if (found.isEmpty() || known.isEmpty() || found.equals(known)) {
      return Optional.empty();
    }
    List<String> missing = known.stream().filter(name -> !found.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "featuresCol: column %s: expected the features that the model knows, without %s, found %s"
              .formatted(column.name(), String.join(", ", missing), String.join(", ", found)));
    }
    return Optional.of(known.stream().mapToInt(found::indexOf).toArray());
  }

  /**
   * How many values an example has: as the column itself says, else as the first row that has some;
   * empty if none has.
   */
  static OptionalInt length(Dataset<?> table, StructField column) {
    OptionalInt declared = declaredLength(column);
    if (declared.isPresent()) {
      return declared;
    }
    Column values = Columns.column(column.name());
    List<Row> first = table.select(values).where(values.isNotNull()).takeAsList(1);
    if (first.isEmpty()) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(
        first.get(0).get(0) instanceof Vector vector
            ? vector.size()
            : first.get(0).getList(0).size());
  }

  /** How many values an example has, if the column itself says. */
  static OptionalInt declaredLength(StructField column) {
    if (!column.dataType().equals(SQLDataTypes.VectorType())) {
      return OptionalInt.empty();
    }
    int size = AttributeGroup.fromStructField(column).size();
    return size < 0 ? OptionalInt.empty() : OptionalInt.of(size);
  }
}
