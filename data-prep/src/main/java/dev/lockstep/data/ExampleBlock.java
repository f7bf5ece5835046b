package dev.lockstep.data;

import dev.lockstep.data.Schema.FeatureType;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.JavaRDD;

/**
 * The examples of one partition, packed into flat arrays, in chunks that hold whole examples.
 * Pixels stay bytes until a minibatch is assembled, so a cached block takes a quarter of the memory
 * that float32 would, and its size is what Spark believes it is.
 */
public final class ExampleBlock implements Serializable {
  /** How many values are together in one array, if an example has no more. */
  private static final int CHUNK_VALUES = 1 << 16;

  private static final int FIRST_IDS = 64;

  private final Schema schema;
  private final Normaliser normaliser;

  /** As many as targets; empty where targets stay as they are. */
  private final TargetScale[] scales;

  private final int featureLength;
  private final int labelLength;
  private final long[] ids;
  private final float[] targets;

  /** An example is in chunk {@code index >> shift}; of the two kinds one is empty. */
  private final int shift;

  private final byte[][] bytes;
  private final float[][] floats;

  /** Packs one example after the other, so that none is there twice. */
  private ExampleBlock(Schema schema, Iterator<Example> examples) {
    this.schema = schema;
    normaliser = new Normaliser(Normalisation.usual(schema));
    scales = new TargetScale[0];
    featureLength = schema.featureLength();
    labelLength = schema.labelLength();
    shift = Math.max(0, 31 - Integer.numberOfLeadingZeros(CHUNK_VALUES / featureLength));
    boolean asBytes = schema.featureType() == FeatureType.UINT8;
    int width = schema.classes() > 0 ? 1 : schema.targets();
    int chunk = featureLength << shift;
    List<byte[]> byteChunks = new ArrayList<>();
    List<float[]> floatChunks = new ArrayList<>();
    long[] idsSoFar = new long[FIRST_IDS];
    float[] targetsSoFar = new float[FIRST_IDS * width];
    int size = 0;
    for (; examples.hasNext(); size++) {
      Example example = examples.next();
      check(example);
      int at = (size & mask()) * featureLength;
      if (at == 0 && asBytes) {
        byteChunks.add(new byte[chunk]);
      } else if (at == 0) {
        floatChunks.add(new float[chunk]);
      }
      if (size == idsSoFar.length) {
        idsSoFar = Arrays.copyOf(idsSoFar, grown(size));
        targetsSoFar = Arrays.copyOf(targetsSoFar, idsSoFar.length * width);
      }
      idsSoFar[size] = example.id();
      if (example.features() instanceof Values.Bytes pixels) {
        System.arraycopy(pixels.values(), 0, byteChunks.get(size >> shift), at, featureLength);
      } else if (example.features() instanceof Values.Floats values) {
        System.arraycopy(values.values(), 0, floatChunks.get(size >> shift), at, featureLength);
      }
      System.arraycopy(example.target(), 0, targetsSoFar, size * width, width);
    }
    ids = Arrays.copyOf(idsSoFar, size);
    targets = Arrays.copyOf(targetsSoFar, size * width);
    int last = (size - 1 & mask()) + 1; // in the last chunk, if there is one
    trim(byteChunks, values -> Arrays.copyOf(values, last * featureLength));
    trim(floatChunks, values -> Arrays.copyOf(values, last * featureLength));
    bytes = byteChunks.toArray(byte[][]::new);
    floats = floatChunks.toArray(float[][]::new);
  }

  private static int grown(int size) {
    return Math.toIntExact(size + (size >> 1) + 1L);
  }

  private static <T> void trim(List<T> chunks, UnaryOperator<T> trimmed) {
    if (!chunks.isEmpty()) {
      chunks.set(chunks.size() - 1, trimmed.apply(chunks.get(chunks.size() - 1)));
    }
  }

  private int mask() {
    return (1 << shift) - 1;
  }

  /** Shares the examples of another block. */
  private ExampleBlock(ExampleBlock block, Normalisation normalisation) {
    schema = block.schema;
    normaliser = new Normaliser(normalisation);
    scales = normalisation.targets().toArray(TargetScale[]::new);
    featureLength = block.featureLength;
    labelLength = block.labelLength;
    ids = block.ids;
    targets = block.targets;
    shift = block.shift;
    bytes = block.bytes;
    floats = block.floats;
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
    return new ExampleBlock(schema, examples);
  }

  /** The same examples, not copied, as a network sees them that was trained with this. */
  public ExampleBlock normalised(Normalisation normalisation) {
    normalisation.expectFits(schema);
    return new ExampleBlock(this, normalisation);
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

  /** The target {@code target} of the example at {@code index}, as it is stored. */
  public float target(int index, int target) {
    return targets[index * labelLength + target];
  }

  /** What a network's output for the target {@code target} means, in the units it is stored in. */
  public float restored(float output, int target) {
    return scales.length == 0 ? output : scales[target].restored(output);
  }

  /** Writes the features of one example as they are stored: float32 [featureLength]. */
  void copyStored(int index, float[] features) {
    int from = (index & mask()) * features.length;
    if (schema.featureType() == FeatureType.UINT8) {
      byte[] chunk = bytes[index >> shift];
      new Values.Bytes(Arrays.copyOfRange(chunk, from, from + features.length)).copyTo(features);
    } else {
      System.arraycopy(floats[index >> shift], from, features, 0, features.length);
    }
  }

  /**
   * Writes one example as a network sees it: with the usual normalisation, where no other was
   * given.
   *
   * @param features receives float32 [row, featureLength]
   * @param labels receives float32 [row, labelLength], classes as they are coded, targets as they
   *     are learnt
   */
  public void copy(int index, int row, float[] features, float[] labels) {
    int length = featureLength;
    int from = (index & mask()) * length;
    if (schema.featureType() == FeatureType.UINT8) {
      normaliser.apply(bytes[index >> shift], from, features, row, length);
    } else {
      normaliser.apply(floats[index >> shift], from, features, row, length);
    }
    int width = labelLength;
    if (schema.classes() > 0) {
      schema.coding().write(label(index), schema.classes(), labels, row * width);
    } else {
      System.arraycopy(targets, index * width, labels, row * width, width);
      for (int target = 0; target < scales.length; target++) {
        labels[row * width + target] = scales[target].standardised(labels[row * width + target]);
      }
    }
  }
}
