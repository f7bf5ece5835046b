package dev.lockstep.models.math;

import dev.lockstep.models.UnsupportedNetwork;
import java.io.Serializable;
import java.util.Optional;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Inverted dropout of a layer's inputs, in training only (Srivastava et al. 2014): each is kept
 * with a probability and then divided by it, else it is 0. DL4J's {@code Dropout}, but for the
 * masks, which are a pure function of a seed here.
 *
 * <p>An engine draws a mask before the forward pass, multiplies the layer's inputs by it, and the
 * gradient by them as well.
 *
 * @param keep the probability, in (0, 1]
 */
public record Dropout(ISchedule keep) implements Serializable {
  /** What SplittableRandom adds from one value to the next: 2⁶⁴ divided by the golden ratio. */
  private static final long STRIDE = 0x9e3779b97f4a7c15L;

  private static final float TO_UNIT = 0x1p-24f;

  /**
   * DL4J's dropout.
   *
   * @param dropout null if there is none
   * @throws UnsupportedNetwork if it is another kind than {@code Dropout}; the message is to follow
   *     the layer's name
   */
  public static Optional<Dropout> of(IDropout dropout) throws UnsupportedNetwork {
    if (dropout == null) {
      return Optional.empty();
    }
    if (dropout.getClass() != org.deeplearning4j.nn.conf.dropout.Dropout.class) {
      throw new UnsupportedNetwork("dropout " + dropout.getClass().getSimpleName());
    }
    org.deeplearning4j.nn.conf.dropout.Dropout known =
        (org.deeplearning4j.nn.conf.dropout.Dropout) dropout;
    return Optional.of(
        new Dropout(
            known.getPSchedule() == null ? new FixedSchedule(known.getP()) : known.getPSchedule()));
  }

  /**
   * Writes a mask.
   *
   * @param mask float32, of which the first {@code length} values become 0 or 1 / probability
   * @param seed of this mask, different for each layer and step
   * @param updates how many updates came before, for schedules
   * @param epoch from 0
   */
  public void draw(float[] mask, int length, long seed, int updates, int epoch) {
    float probability = (float) keep.valueAt(updates, epoch);
    float scale = 1 / probability;
    for (int i = 0; i < length; i++) {
      mask[i] = uniform(seed, i) < probability ? scale : 0;
    }
  }

  /** A number in [0, 1) of each place, by one seed. */
  static float uniform(long seed, int place) {
    return (mix(seed + (place + 1) * STRIDE) >>> 40) * TO_UNIT;
  }

  /** The seed of one layer's mask in one step, from that of the trainer. */
  public static long seed(long trainer, long step, int layer) {
    return mix(mix(trainer + step * STRIDE) + layer * STRIDE);
  }

  /** Steele et al. 2014, "Fast splittable pseudorandom number generators", {@code mix64}. */
  private static long mix(long z) {
    long mixed = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
