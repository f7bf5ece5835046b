package dev.lockstep.data;

import dev.lockstep.data.Schema.FeatureType;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * The examples of one partition, packed into flat arrays. Pixels stay bytes until a minibatch is
 * assembled, so a cached block takes a quarter of the memory that float32 would, and its size is
 * what Spark believes it is.
 */
public final class ExampleBlock implements Serializable {
  /** What a Java array holds, on any JVM. */
  private static final int MAX_VALUES = Integer.MAX_VALUE - 8;

  private final Schema schema;
  private final Normaliser normaliser;
  private final int featureLength;
  private final int labelLength;
  private final long[] ids;
  private final byte[] bytes;
  private final float[] floats;
  private final float[] targets;

  private ExampleBlock(Schema schema, List<Example> examples) {
    this.schema = schema;
    normaliser = new Normaliser(Normalisation.usual(schema));
    featureLength = schema.featureLength();
    labelLength = schema.labelLength();
    int size = examples.size();
    int length = featureLength;
    boolean asBytes = schema.featureType() == FeatureType.UINT8;
    int targetLength = schema.classes() > 0 ? 1 : schema.targets();
    ids = new long[size];
    checkSize(size, length);
    bytes = new byte[asBytes ? size * length : 0];
    floats = new float[asBytes ? 0 : size * length];
    targets = new float[size * targetLength];
    for (int i = 0; i < size; i++) {
      Example example = examples.get(i);
      ids[i] = example.id();
      check(example);
      if (example.features() instanceof Values.Bytes pixels) {
        System.arraycopy(pixels.values(), 0, bytes, i * length, length);
      } else if (example.features() instanceof Values.Floats values) {
        System.arraycopy(values.values(), 0, floats, i * length, length);
      }
      System.arraycopy(example.target(), 0, targets, i * targetLength, targetLength);
    }
  }

  /** Shares the examples of another block. */
  private ExampleBlock(ExampleBlock block, Normaliser normaliser) {
    schema = block.schema;
    this.normaliser = normaliser;
    featureLength = block.featureLength;
    labelLength = block.labelLength;
    ids = block.ids;
    bytes = block.bytes;
    floats = block.floats;
    targets = block.targets;
  }

  private static void checkSize(int examples, int length) {
    if ((long) examples * length > MAX_VALUES) {
      throw new DataError(
          "%d examples of %d values are too many for one worker, which holds %d values: use more workers"
              .formatted(examples, length, MAX_VALUES));
    }
  }

  private void check(Example example) {
    if (example.features() instanceof Values.Bytes != (schema.featureType() == FeatureType.UINT8)) {
      throw new IllegalArgumentException(
          "example %d is not of type %s".formatted(example.id(), schema.featureType()));
    }
    if (example.features().length() != schema.featureLength()) {
      throw new DataError(
          "example %d: expected %d features, found %d"
              .formatted(example.id(), schema.featureLength(), example.features().length()));
    }
    float label = example.target()[0];
    if (schema.classes() > 0 && (label < 0 || label >= schema.classes())) {
      throw new DataError(
          "example %d: expected a label in 0..%d, found %.0f"
              .formatted(example.id(), schema.classes() - 1, label));
    }
  }

  /** Packs every partition into one block; an empty partition becomes an empty block. */
  public static JavaRDD<ExampleBlock> pack(JavaRDD<Example> examples, Schema schema) {
    return examples.mapPartitions(it -> List.of(of(schema, it)).iterator(), true);
  }

  /** Packs the given examples in their order. */
  public static ExampleBlock of(Schema schema, Iterator<Example> examples) {
    Iterable<Example> once = () -> examples;
    return new ExampleBlock(
        schema, java.util.stream.StreamSupport.stream(once.spliterator(), false).toList());
  }

  /** The same examples, not copied, as a network sees them that was trained with this. */
  public ExampleBlock normalised(Normalisation normalisation) {
    normalisation.expectFits(schema);
    return new ExampleBlock(this, new Normaliser(normalisation));
  }

  public Schema schema() {
    return schema;
  }

  /** How many examples. */
  public int size() {
    return ids.length;
  }

  /** The id of the example at {@code index}. */
  public long id(int index) {
    return ids[index];
  }

  /** The class of the example at {@code index}, of a classification data set. */
  public int label(int index) {
    return (int) targets[index];
  }

  /** Writes the features of one example as they are stored: float32 [featureLength]. */
  void copyStored(int index, float[] features) {
    int from = index * features.length;
    if (schema.featureType() == FeatureType.UINT8) {
      new Values.Bytes(Arrays.copyOfRange(bytes, from, from + features.length)).copyTo(features);
    } else {
      System.arraycopy(floats, from, features, 0, features.length);
    }
  }

  /**
   * Writes one example as a network sees it: with the usual normalisation, where no other was
   * given.
   *
   * @param features receives float32 [row, featureLength]
   * @param labels receives float32 [row, labelLength], classes one-hot
   */
  public void copy(int index, int row, float[] features, float[] labels) {
    int length = featureLength;
    if (schema.featureType() == FeatureType.UINT8) {
      normaliser.apply(bytes, index * length, features, row, length);
    } else {
      normaliser.apply(floats, index * length, features, row, length);
    }
    int width = labelLength;
    if (schema.classes() > 0) {
      Arrays.fill(labels, row * width, (row + 1) * width, 0f);
      labels[row * width + label(index)] = 1f;
    } else {
      System.arraycopy(targets, index * width, labels, row * width, width);
    }
  }
}
