package dev.lockstep.models.math;

import dev.lockstep.models.UnsupportedNetwork;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import org.deeplearning4j.nn.conf.dropout.AlphaDropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * What a layer's inputs go through in training only: each is multiplied by a random factor, and a
 * random shift is added. As DL4J's dropouts, but for the random numbers, which are a pure function
 * of a seed here.
 *
 * @param strength what DL4J's has as its parameter: a probability, a rate or a deviation
 */
public record InputNoise(Kind kind, ISchedule strength) implements Serializable {

  /** Of which distribution factors and shifts are. */
  public enum Kind {
    /** {@link Dropout}. */
    DROPOUT,
    /** The same with one factor for all places of a channel (Tompson et al. 2015). */
    CHANNELS,
    /** Normal factors with mean 1 and variance r / (1 − r) (Srivastava et al. 2014). */
    NORMAL_FACTORS,
    /** Normal shifts with mean 0. */
    NORMAL_SHIFTS,
    /** Alpha dropout, which keeps mean and variance (Klambauer et al. 2017). */
    ALPHA
  }

  /** So that factors and shifts of one seed have nothing to do with each other. */
  private static final long SHIFTS = 0x632be59bd9b4e019L;

  /**
   * DL4J's dropout.
   *
   * @param dropout null if there is none
   * @throws UnsupportedNetwork if it is none of DL4J's own; the message is to follow the layer's
   *     name
   */
  public static Optional<InputNoise> of(IDropout dropout) throws UnsupportedNetwork {
    if (dropout instanceof GaussianDropout known) {
      return noise(Kind.NORMAL_FACTORS, known.getRate(), known.getRateSchedule());
    }
    if (dropout instanceof GaussianNoise known) {
      return noise(Kind.NORMAL_SHIFTS, known.getStddev(), known.getStddevSchedule());
    }
    if (dropout instanceof SpatialDropout known) {
      return noise(Kind.CHANNELS, known.getP(), known.getPSchedule());
    }
    if (dropout instanceof AlphaDropout known
        && known.getAlpha() == AlphaDropout.DEFAULT_ALPHA
        && known.getLambda() == AlphaDropout.DEFAULT_LAMBDA) {
      return noise(Kind.ALPHA, known.getP(), known.getPSchedule());
    }
    return Dropout.of(dropout).map(known -> new InputNoise(Kind.DROPOUT, known.keep()));
  }

  private static Optional<InputNoise> noise(Kind kind, double fixed, ISchedule schedule) {
    return Optional.of(
        new InputNoise(kind, schedule == null ? new FixedSchedule(fixed) : schedule));
  }

  /** Whether shifts are other than 0. */
  public boolean shifts() {
    return kind == Kind.NORMAL_SHIFTS || kind == Kind.ALPHA;
  }

  /**
   * Writes factors and shifts.
   *
   * @param factors float32, one for each value, or, of {@link Kind#CHANNELS}, for each channel
   * @param shifts likewise; not written unless there are {@link #shifts}
   * @param seed of this layer and step
   * @param updates how many updates came before, for schedules
   * @param epoch from 0
   */
  public void draw(float[] factors, float[] shifts, long seed, int updates, int epoch) {
    double value = strength.valueAt(updates, epoch);
    switch (kind) {
      case DROPOUT, CHANNELS ->
          new Dropout(strength).draw(factors, factors.length, seed, updates, epoch);
      case NORMAL_FACTORS -> normal(factors, 1, Math.sqrt(value / (1 - value)), seed);
      case NORMAL_SHIFTS -> {
        Arrays.fill(factors, 1);
        normal(shifts, 0, value, seed);
      }
      case ALPHA -> alpha(factors, shifts, value, seed, updates, epoch);
    }
  }

  /** a·(x·d + α′·(1 − d)) + b, d being 1 with probability p. */
  private void alpha(float[] factors, float[] shifts, double p, long seed, int updates, int epoch) {
    double least = -AlphaDropout.DEFAULT_LAMBDA * AlphaDropout.DEFAULT_ALPHA;
    double a = 1 / Math.sqrt(p + least * least * p * (1 - p));
    double b = -a * (1 - p) * least;
    new Dropout(strength).draw(factors, factors.length, seed, updates, epoch);
    for (int i = 0; i < factors.length; i++) {
      boolean kept = factors[i] != 0;
      factors[i] = kept ? (float) a : 0;
      shifts[i] = (float) (kept ? b : a * least + b);
    }
  }

  /** Box and Muller 1958, with StrictMath, as bits have to be the same everywhere. */
  private static void normal(float[] values, double mean, double deviation, long seed) {
    for (int i = 0; i < values.length; i++) {
      double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform(seed, i)));
      double angle = 2 * Math.PI * uniform(seed ^ SHIFTS, i);
      values[i] = (float) (mean + deviation * radius * StrictMath.cos(angle));
    }
  }

  /** In [0, 1). */
  private static double uniform(long seed, int at) {
    return (Dropout.seed(seed, at, 0) >>> 11) * 0x1p-53;
  }
}
