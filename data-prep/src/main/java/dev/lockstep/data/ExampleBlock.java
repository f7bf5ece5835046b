package dev.lockstep.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lockstep.data.Schema.FeatureType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.JavaRDD;

/**
 * The examples of one partition in memory, packed into flat arrays, in chunks that hold whole
 * examples. Pixels stay bytes until a minibatch is assembled, so a cached block takes a quarter of
 * the memory that float32 would, and its size is what Spark believes it is.
 */
@DefaultSerializer(JavaSerializer.class)
public final class ExampleBlock implements Examples {
  /** How many values are together in one array, if an example has no more. */
  private static final int CHUNK_VALUES = 1 << 16;

  private static final int FIRST_IDS = 64;

  private final NetworkView view;
  private final int featureLength;
  private final int width;
  private final long[] ids;
  private final float[] targets;

  /** An example is in chunk {@code index >> shift}; of the two kinds one is empty. */
  private final int shift;

  private final byte[][] bytes;
  private final float[][] floats;

  /** Packs one example after the other, so that none is there twice. */
  private ExampleBlock(Schema schema, Iterator<Example> examples) {
    view = NetworkView.of(schema);
    featureLength = schema.featureLength();
    width = view.targetWidth();
    shift = Math.max(0, 31 - Integer.numberOfLeadingZeros(CHUNK_VALUES / featureLength));
    boolean asBytes = schema.featureType() == FeatureType.UINT8;
    int chunk = featureLength << shift;
    List<byte[]> byteChunks = new ArrayList<>();
    List<float[]> floatChunks = new ArrayList<>();
    long[] idsSoFar = new long[FIRST_IDS];
    float[] targetsSoFar = new float[FIRST_IDS * width];
    int size = 0;
    for (; examples.hasNext(); size++) {
      Example example = examples.next();
      view.expect(example);
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
  private ExampleBlock(ExampleBlock block, NetworkView view) {
    this.view = view;
    featureLength = block.featureLength;
    width = block.width;
    ids = block.ids;
    targets = block.targets;
    shift = block.shift;
    bytes = block.bytes;
    floats = block.floats;
  }

  /** Packs every partition into one block; an empty partition becomes an empty block. */
  public static JavaRDD<Examples> pack(JavaRDD<Example> examples, Schema schema) {
    return examples.mapPartitions(it -> List.<Examples>of(of(schema, it)).iterator(), true);
  }

  /** Packs the given examples in their order. */
  public static ExampleBlock of(Schema schema, Iterator<Example> examples) {
    return new ExampleBlock(schema, examples);
  }

  @Override
  public ExampleBlock normalised(Normalisation normalisation) {
    return new ExampleBlock(this, view.normalised(normalisation));
  }

  @Override
  public NetworkView view() {
    return view;
  }

  @Override
  public int size() {
    return ids.length;
  }

  @Override
  public long id(int index) {
    return ids[index];
  }

  @Override
  public float target(int index, int target) {
    return targets[index * width + target];
  }

  @Override
  public void copyStored(int index, float[] features) {
    if (bytes.length > 0) {
      stored(index).copyTo(features);
    } else {
      int from = (index & mask()) * featureLength;
      System.arraycopy(floats[index >> shift], from, features, 0, featureLength);
    }
  }

  @Override
  public Values stored(int index) {
    int from = (index & mask()) * featureLength;
    int to = from + featureLength;
    return bytes.length > 0
        ? new Values.Bytes(Arrays.copyOfRange(bytes[index >> shift], from, to))
        : new Values.Floats(Arrays.copyOfRange(floats[index >> shift], from, to));
  }

  @Override
  public void copy(int index, int row, float[] features, float[] labels) {
    int from = (index & mask()) * featureLength;
    if (bytes.length > 0) {
      view.features(bytes[index >> shift], from, features, row);
    } else {
      view.features(floats[index >> shift], from, features, row);
    }
    view.labels(targets, index * width, labels, row);
  }
}
