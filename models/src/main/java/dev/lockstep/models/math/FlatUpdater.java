package dev.lockstep.models.math;

import dev.lockstep.models.ModelState;
import dev.lockstep.models.UnsupportedNetwork;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Updates a network's parameters as DL4J's updater would, in DL4J's order: divides by the
 * minibatch, clips, adds penalties, applies the updater, decays, subtracts, constrains.
 *
 * <p>An engine describes its parameters by {@link UpdateSettings}, once, where it reads DL4J's
 * configuration. A trainer of it then has one updater: {@link #load} takes a {@link ModelState}'s
 * moments and update count, {@link #epoch} the epoch; each step ends with {@link #update}, which is
 * given the parameters and the gradient, each as one flat buffer in DL4J's order, where the
 * engine's native code has them ({@code FloatPointer.asBuffer()}) or around an array. {@link
 * #updaterState} and {@link #updates} go into the state that the trainer returns. One thread at a
 * time.
 *
 * <p>The moments are in the heap, and all is computed there, some values at a time that stay in the
 * core's own cache: each of parameters, gradients and moments passes through memory once.
 */
public final class FlatUpdater {
  /** How many values at a time: enough for long loops, few enough to stay in the core's cache. */
  private static final int TILE = 8192;

  /** Those of AMSGrad. */
  private static final int MOST_MOMENTS = 3;

  private final UpdateSettings settings;
  private final List<Block> blocks = new ArrayList<>();
  private final boolean clipped;
  private final float[] gradients;
  private final float[] values;
  private final float[][] moments;
  private int updates;
  private int epoch;
  private double rate = 1;

  /** Adjacent parameters of equal updaters, whose moments DL4J keeps together. */
  private static final class Block {
    final IUpdater updater;
    final int start;
    final List<TrainedParameter> parameters = new ArrayList<>();
    float[][] moments;

    Block(IUpdater updater, int start) {
      this.updater = updater;
      this.start = start;
    }

    int length() {
      return parameters.get(parameters.size() - 1).end() - start;
    }
  }

  /** With moments as before the first update. */
  public FlatUpdater(UpdateSettings settings) {
    this.settings = settings;
    clipped =
        settings.parameters().stream()
            .anyMatch(parameter -> parameter.clipping() != GradientNormalization.None);
    int tile = Math.min(TILE, settings.parameterCount());
    gradients = new float[tile];
    values = new float[tile];
    moments = new float[MOST_MOMENTS][tile];
    Block last = null;
    for (TrainedParameter parameter : settings.parameters()) {
      if (last == null || !last.updater.equals(parameter.updater())) {
        last = new Block(parameter.updater(), parameter.start());
        blocks.add(last);
      }
      last.parameters.add(parameter);
    }
    for (Block block : blocks) {
      block.moments = new float[UpdateRule.moments(block.updater)][block.length()];
      float first = UpdateRule.firstMoment(block.updater);
      if (first != 0) {
        for (float[] moment : block.moments) {
          Arrays.fill(moment, first);
        }
      }
    }
  }

  /**
   * Replaces moments and update count.
   *
   * @throws IllegalArgumentException if it is another network's state
   */
  public void load(ModelState state) {
    float[] flat = state.updaterState();
    if (flat.length != stateLength()) {
      throw new IllegalArgumentException(
          "expected %d values, found %d".formatted(stateLength(), flat.length));
    }
    int at = 0;
    for (Block block : blocks) {
      for (float[] moment : block.moments) {
        System.arraycopy(flat, at, moment, 0, moment.length);
        at += moment.length;
      }
    }
    updates = state.updates();
  }

  private int stateLength() {
    int length = 0;
    for (Block block : blocks) {
      length = Math.addExact(length, Math.multiplyExact(block.moments.length, block.length()));
    }
    return length;
  }

  /** Tells the epoch, from 0, to schedules. */
  public void epoch(int number) {
    epoch = number;
  }

  /** Multiplies learning rates, from the next update on. */
  public void rate(double factor) {
    rate = factor;
  }

  /** How many updates there have been. */
  public int updates() {
    return updates;
  }

  /** Which epoch it is, from 0. */
  public int epoch() {
    return epoch;
  }

  /** A copy of the moments, float32, in the order of DL4J's updater state. */
  public float[] updaterState() {
    float[] flat = new float[stateLength()];
    int at = 0;
    for (Block block : blocks) {
      for (float[] moment : block.moments) {
        System.arraycopy(moment, 0, flat, at, moment.length);
        at += moment.length;
      }
    }
    return flat;
  }

  /**
   * Makes one update.
   *
   * @param parameters float32 [parameterCount], which it changes; from the buffer's index 0
   * @param gradient float32 [parameterCount], summed over the examples, and for running statistics
   *     their mean change times the number of examples; stays as it is
   * @param examples over how many the gradient is summed, at least 1
   */
  public void update(FloatBuffer parameters, FloatBuffer gradient, int examples) {
    update(parameters, gradient, examples, examples);
  }

  /**
   * Makes one update from examples that have weights.
   *
   * @param gradient summed over the examples, each times its weight; for running statistics as
   *     above
   * @param weight of all examples together; with 0 the gradient is 0
   */
  public void update(FloatBuffer parameters, FloatBuffer gradient, int examples, double weight) {
    Divisors divisors = new Divisors(examples, weight == 0 ? 1 : (float) weight);
    Map<TrainedParameter, Clip> clips = clipped ? clips(gradient, divisors) : Map.of();
    for (Block block : blocks) {
      UpdateRule rule = rule(block.updater);
      for (TrainedParameter parameter : block.parameters) {
        Clip clip = clipped ? clips.get(parameter) : null;
        update(parameter, rule, block, clip, divisors, parameters, gradient);
      }
    }
    updates++;
    for (TrainedParameter parameter : settings.parameters()) {
      for (Constraint constraint : parameter.constraints()) {
        float[] all = new float[parameter.length()];
        parameters.get(parameter.start(), all, 0, all.length);
        constraint.apply(all);
        parameters.put(parameter.start(), all, 0, all.length);
      }
    }
  }

  private UpdateRule rule(IUpdater updater) {
    try {
      return UpdateRule.of(updater, updates, epoch, rate);
    } catch (UnsupportedNetwork e) {
      throw new IllegalStateException("was checked where the settings were read", e);
    }
  }

  private void update(
      TrainedParameter parameter,
      UpdateRule rule,
      Block block,
      Clip clip,
      Divisors divisors,
      FloatBuffer parameters,
      FloatBuffer gradient) {
    for (int at = parameter.start(); at < parameter.end(); at += TILE) {
      int length = Math.min(TILE, parameter.end() - at);
      gradient.get(at, gradients, 0, length);
      parameters.get(at, values, 0, length);
      average(parameter, divisors, length);
      if (clip != null) {
        clip.apply(gradients, length);
      }
      penalise(parameter, false, length);
      load(block, at, length);
      rule.apply(gradients, moments, length);
      store(block, at, length);
      penalise(parameter, true, length);
      for (int i = 0; i < length; i++) {
        values[i] -= gradients[i];
      }
      parameters.put(at, values, 0, length);
    }
  }

  private void load(Block block, int at, int length) {
    for (int k = 0; k < block.moments.length; k++) {
      System.arraycopy(block.moments[k], at - block.start, moments[k], 0, length);
    }
  }

  private void store(Block block, int at, int length) {
    for (int k = 0; k < block.moments.length; k++) {
      System.arraycopy(moments[k], 0, block.moments[k], at - block.start, length);
    }
  }

  /** What sums over examples are divided by: statistics, and gradients that are a mean. */
  private record Divisors(float examples, float weight) {}

  private void average(TrainedParameter parameter, Divisors divisors, int length) {
    float divisor = parameter.statistic() ? divisors.examples() : divisors.weight();
    boolean mean = parameter.statistic() || settings.reduction() == GradientReduction.MEAN;
    if (mean && divisor != 1) {
      for (int i = 0; i < length; i++) {
        gradients[i] /= divisor;
      }
    }
  }

  private void penalise(TrainedParameter parameter, boolean afterUpdater, int length) {
    for (Penalty penalty : parameter.penalties()) {
      if (penalty.afterUpdater() == afterUpdater) {
        double learningRate = parameter.learningRate(updates, epoch, rate);
        float strength = penalty.strength(updates, epoch, learningRate);
        penalty.add(strength, values, gradients, length);
      }
    }
  }

  /** How each parameter that is clipped is to be. */
  private Map<TrainedParameter, Clip> clips(FloatBuffer gradient, Divisors divisors) {
    Map<TrainedParameter, Clip> clips = new IdentityHashMap<>();
    Map<String, Double> layers = new HashMap<>();
    for (TrainedParameter parameter : settings.parameters()) {
      if (Clip.needsNorm(parameter)) {
        double squares = squares(parameter, gradient, divisors);
        layers.merge(Clip.group(parameter), squares, Double::sum);
      }
    }
    for (TrainedParameter parameter : settings.parameters()) {
      Double squares = layers.get(Clip.group(parameter));
      Clip.of(parameter, squares == null ? 0 : Math.sqrt(squares))
          .ifPresent(clip -> clips.put(parameter, clip));
    }
    return clips;
  }

  private double squares(TrainedParameter parameter, FloatBuffer gradient, Divisors divisors) {
    double sum = 0;
    for (int at = parameter.start(); at < parameter.end(); at += TILE) {
      int length = Math.min(TILE, parameter.end() - at);
      gradient.get(at, gradients, 0, length);
      average(parameter, divisors, length);
      for (int i = 0; i < length; i++) {
        sum += (double) gradients[i] * gradients[i];
      }
    }
    return sum;
  }
}
