package dev.lockstep.table;

import dev.lockstep.data.Schema.FeatureType;
import dev.lockstep.data.image.ImagePreprocessing;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

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

  /** How many values an example has, if the column itself says. */
  public static OptionalInt declaredLength(StructField column) {
    if (!column.dataType().equals(SQLDataTypes.VectorType())) {
      return OptionalInt.empty();
    }
    int size = AttributeGroup.fromStructField(column).size();
    return size < 0 ? OptionalInt.empty() : OptionalInt.of(size);
  }
}
