package dev.lockstep.models;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * A network that only predicts: its parameters are held once, and any number of threads use them at
 * the same time, each with buffers of its own, which are kept for the next.
 */
public final class SharedNetwork {

  /** Forward passes of one thread at a time. */
  public interface Pass {
    /** {@link LocalTrainer#passSize} of the network. */
    int size();

    /** As {@link SharedNetwork#output}, of at most {@link #size} examples. */
    float[] output(float[] features, int size);
  }

  /** Large enough for fast products. */
  private static final int BATCH = 256;

  private final int featureLength;
  private final Supplier<Pass> passes;
  private final Queue<Pass> idle = new ConcurrentLinkedQueue<>();

  /**
   * @param featureLength values of one example
   * @param passes makes passes that share the parameters
   */
  public SharedNetwork(int featureLength, Supplier<Pass> passes) {
    this.featureLength = featureLength;
    this.passes = passes;
  }

  /**
   * How many examples are best given at once: few enough for any heap, of photographs fewer.
   *
   * @param featureLength values of one
   */
  public static int batch(int featureLength) {
    return Math.max(1, Math.min(BATCH, PassSize.FEATURES / featureLength));
  }

  /**
   * The network's output, of each example the same bits whatever others are asked for with it.
   *
   * @param features float32 [size, featureLength], row-major; may be longer
   * @param size how many examples, at least 1
   * @return float32 [size, outputs]: probabilities of a classifier, values of a regression
   */
  public float[] output(float[] features, int size) {
    Pass borrowed = idle.poll();
    Pass pass = borrowed == null ? passes.get() : borrowed;
    float[] output = output(pass, features, size);
    idle.add(pass);
    return output;
  }

  private float[] output(Pass pass, float[] features, int size) {
    if (size <= pass.size()) {
      return pass.output(features, size);
    }
    float[] whole = new float[0];
    for (int from = 0; from < size; from += pass.size()) {
      int rows = Math.min(pass.size(), size - from);
      float[] part =
          Arrays.copyOfRange(features, from * featureLength, (from + rows) * featureLength);
      float[] own = pass.output(part, rows);
      int width = own.length / rows;
      whole = from == 0 ? new float[size * width] : whole;
      System.arraycopy(own, 0, whole, from * width, own.length);
    }
    return whole;
  }
}
