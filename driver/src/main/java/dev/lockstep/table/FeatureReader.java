package dev.lockstep.table;

import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.data.image.OpenCvPixels;
import dev.lockstep.data.image.Pixels;
import dev.lockstep.data.image.UnreadableImage;
import dev.lockstep.data.recipe.ColumnRecipe;
import dev.lockstep.data.recipe.UnusableValue;
import dev.lockstep.spark.ScalaLists;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;

/** Reads a row's features: numbers as they are, pictures as levels 0..255. */
public sealed interface FeatureReader extends Serializable {

  /** How many values. */
  int length();

  /** How they are laid out. */
  default List<Integer> shape() {
    return List.of(length());
  }

  /**
   * Reads one row.
   *
   * @param value of the features column, not null
   * @param features receives {@link #length} values from {@code from} on
   * @throws InvalidRow if the value cannot be used
   */
  void read(Object value, float[] features, int from) throws InvalidRow;

  /** {@link org.apache.spark.ml.linalg.Vector}s. */
  record Vectors(int length) implements FeatureReader {
    @Override
    public void read(Object value, float[] features, int from) throws InvalidRow {
      Vector vector = (Vector) value;
      expectLength(vector.size(), length);
      if (vector instanceof SparseVector sparse) {
        java.util.Arrays.fill(features, from, from + length, 0);
        for (int i = 0; i < sparse.indices().length; i++) {
          features[from + sparse.indices()[i]] = finite(sparse.values()[i], sparse.indices()[i]);
        }
      } else {
        double[] values = vector.toArray();
        for (int i = 0; i < length; i++) {
          features[from + i] = finite(values[i], i);
        }
      }
    }
  }

  /** Arrays of numbers. */
  record Arrays(int length) implements FeatureReader {
    @Override
    public void read(Object value, float[] features, int from) throws InvalidRow {
      List<?> numbers = ScalaLists.of((scala.collection.Seq<?>) value);
      expectLength(numbers.size(), length);
      int i = 0;
      for (Object number : numbers) {
        if (number == null) {
          throw new InvalidRow("feature %d is null".formatted(i));
        }
        features[from + i] = finite(((Number) number).doubleValue(), i);
        i++;
      }
    }
  }

  /** One number or text. */
  record Scalars(ColumnRecipe column) implements FeatureReader {
    @Override
    public int length() {
      return column.width();
    }

    @Override
    public void read(Object value, float[] features, int from) throws InvalidRow {
      java.util.Arrays.fill(features, from, from + length(), 0);
      try {
        if (column.kind() == ColumnRecipe.Kind.TEXTS) {
          column.put(ScalarValue.text(value), features, from);
        } else {
          column.put(ScalarValue.number(value), features, from);
        }
      } catch (UnusableValue e) {
        throw new InvalidRow("column %s: %s".formatted(column.name(), e.getMessage()), e);
      }
    }
  }

  /** Several columns one after the other; the value is a row of theirs. */
  record Several(List<String> names, List<FeatureReader> columns) implements FeatureReader {
    @Override
    public int length() {
      return columns.stream().mapToInt(FeatureReader::length).sum();
    }

    @Override
    public void read(Object value, float[] features, int from) throws InvalidRow {
      Row row = (Row) value;
      int at = from;
      for (int i = 0; i < columns.size(); i++) {
        FeatureReader column = columns.get(i);
        if (row.isNullAt(i) && !(column instanceof Scalars)) {
          throw new InvalidRow("column %s is null".formatted(names.get(i)));
        }
        column.read(row.get(i), features, at);
        at += column.length();
      }
    }
  }

  /**
   * Some of the values of another, in another order.
   *
   * @param positions in the other's values
   */
  record Chosen(FeatureReader all, int[] positions) implements FeatureReader {
    @Override
    public int length() {
      return positions.length;
    }

    @Override
    public void read(Object value, float[] features, int from) throws InvalidRow {
      float[] given = new float[all.length()];
      all.read(value, given, 0);
      for (int i = 0; i < positions.length; i++) {
        features[from + i] = given[positions[i]];
      }
    }
  }

  /** Pictures, of whatever origin. */
  sealed interface OfPictures extends FeatureReader {

    /** How they become examples. */
    ImagePreprocessing preprocessing();

    @Override
    default int length() {
      return preprocessing().length();
    }

    @Override
    default List<Integer> shape() {
      return preprocessing().shape();
    }
  }

  /** Picture files, as Spark's {@code binaryFile} source reads them. */
  record Files(ImagePreprocessing preprocessing) implements OfPictures {
    @Override
    public void read(Object value, float[] features, int from) throws InvalidRow {
      try {
        put(preprocessing.read((byte[]) value), features, from);
      } catch (UnreadableImage e) {
        throw new InvalidRow(e.getMessage(), e);
      }
    }
  }

  /** Pictures, as Spark's {@code image} source reads them. */
  record Pictures(ImagePreprocessing preprocessing) implements OfPictures {
    @Override
    public void read(Object value, float[] features, int from) throws InvalidRow {
      // Spark's own accessors of this take the row of a table, and the picture from its column.
      Row picture = (Row) value;
      try {
        Pixels image =
            OpenCvPixels.read(
                picture.getInt(ImageColumn.WIDTH),
                picture.getInt(ImageColumn.HEIGHT),
                picture.getInt(ImageColumn.CHANNELS),
                picture.getAs(ImageColumn.DATA),
                preprocessing.channels());
        put(preprocessing.prepare(image).values(), features, from);
      } catch (UnreadableImage e) {
        throw new InvalidRow(e.getMessage(), e);
      }
    }
  }

  /** Where things are in {@link ImageSchema#columnSchema}. */
  final class ImageColumn {
    private static final int HEIGHT = 1;
    private static final int WIDTH = 2;
    private static final int CHANNELS = 3;
    private static final int DATA = 5;

    private ImageColumn() {}
  }

  private static void put(float[] levels, float[] features, int from) {
    System.arraycopy(levels, 0, features, from, levels.length);
  }

  private static void expectLength(int found, int expected) throws InvalidRow {
    if (found != expected) {
      throw new InvalidRow("expected %d features, found %d".formatted(expected, found));
    }
  }

  private static float finite(double value, int feature) throws InvalidRow {
    float rounded = (float) value;
    if (!Float.isFinite(rounded)) {
      throw new InvalidRow("feature %d is %s".formatted(feature, value));
    }
    return rounded;
  }
}
