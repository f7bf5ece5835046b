package dev.lockstep.strategy;

import dev.lockstep.models.ModelState;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What is made of the average at the end of a round: what the round changed, d = start − average,
 * is taken as a gradient by an optimizer of its own (Reddi et al. 2021, "Adaptive federated
 * optimization", Algorithm 1). All workers compute it, each the same from the same.
 *
 * @param rule how it steps
 * @param learningRate η, more than 0
 * @param momentum β, from 0 to below 1; 0 where the rule has none
 */
public record OuterOptimizer(OuterRule rule, double learningRate, double momentum)
    implements Serializable {
  /** Continue from the average itself. */
  public static final OuterOptimizer NONE = new OuterOptimizer(OuterRule.SGD, 1, 0);

  /** β₂ of Adam, and τ, which bounds its steps, as in the paper's experiments. */
  private static final double SQUARES_DECAY = 0.99;

  private static final double ADAPTIVITY = 1e-3;

  public OuterOptimizer {
    if (!(learningRate > 0 && Double.isFinite(learningRate))) {
      throw new IllegalArgumentException(
          "outer learning rate must be more than 0, not " + learningRate);
    }
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException(
          "outer momentum must be from 0 to below 1, not " + momentum);
    }
    if (rule == OuterRule.SGD && momentum > 0) {
      throw new IllegalArgumentException(
          "outer sgd has no momentum: choose outer momentum or nesterov");
    }
  }

  /** With the rule's usual rate and momentum. */
  public static OuterOptimizer of(OuterRule rule) {
    return new OuterOptimizer(rule, rule.usualLearningRate(), rule.usualMomentum());
  }

  /**
   * What follows a round.
   *
   * @param start what the round began with, with this optimizer's state
   * @param average what its workers agreed on
   */
  ModelState apply(ModelState start, ModelState average) {
    if (equals(NONE)) {
      return average;
    }
    float[] from = start.parameters();
    float[] parameters = new float[from.length];
    float[] state = state(start.outerState(), from.length);
    for (int i = 0; i < from.length; i++) {
      double change = (double) from[i] - average.parameters()[i];
      parameters[i] = (float) (from[i] - learningRate * step(change, state, i, from.length));
    }
    return new ModelState(parameters, average.updaterState(), average.updates(), state);
  }

  private float[] state(float[] before, int parameters) {
    int length = Math.multiplyExact(rule.vectors(), parameters);
    return before.length == 0 ? new float[length] : Arrays.copyOf(before, length);
  }

  private double step(double change, float[] state, int i, int parameters) {
    return switch (rule) {
      case SGD -> change;
      case MOMENTUM -> {
        state[i] = (float) (momentum * state[i] + change);
        yield state[i];
      }
      case NESTEROV -> {
        state[i] = (float) (momentum * state[i] + change);
        yield change + momentum * state[i];
      }
      case ADAM -> {
        int square = parameters + i;
        state[i] = (float) (momentum * state[i] + (1 - momentum) * change);
        state[square] =
            (float) (SQUARES_DECAY * state[square] + (1 - SQUARES_DECAY) * change * change);
        yield state[i] / (Math.sqrt(state[square]) + ADAPTIVITY);
      }
    };
  }

  /** In a few words, as users write it. */
  @Override
  public String toString() {
    return rule == OuterRule.SGD
        ? "%s %s".formatted(rule, learningRate)
        : "%s %s, momentum %s".formatted(rule, learningRate, momentum);
  }
}
