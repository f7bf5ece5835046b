package dev.lockstep.study;

import dev.lockstep.strategy.Averaging;
import dev.lockstep.strategy.GradientAveraging;
import dev.lockstep.strategy.OuterOptimizer;
import dev.lockstep.strategy.OuterRule;
import dev.lockstep.strategy.ParameterAveraging;
import dev.lockstep.strategy.PostLocal;
import dev.lockstep.strategy.Schedule;
import java.util.Locale;

/**
 * How workers come to agree, as a study's options have it.
 *
 * @param period minibatches between two averages of parameters, {@code epoch}, {@code auto}, or
 *     {@code gradients}, which are averaged at each step
 * @param outer what is made of averages of parameters: {@code none}, {@code slowmo}, {@code
 *     diloco}, {@code post-local}, a rule as RULE, RULE:RATE or RULE:RATE:MOMENTUM, or {@code
 *     post-local+} one of these
 */
public record AveragingName(String period, String outer) {
  private static final String GRADIENTS = "gradients";
  private static final String AUTO = "auto";
  private static final String EPOCH = "epoch";
  private static final String NONE = "none";
  private static final String POST_LOCAL = "post-local";
  private static final double SLOWMO = 0.7;

  /**
   * @throws IllegalArgumentException if one of them is nothing that there is
   */
  public AveragingName {
    period = period.toLowerCase(Locale.ROOT);
    outer = outer.toLowerCase(Locale.ROOT);
    if (!period.matches("[1-9][0-9]{0,8}|epoch|auto|gradients")) {
      throw new IllegalArgumentException(
          "expected a number of minibatches from 1 on, epoch, auto or gradients, found '%s'"
              .formatted(period));
    }
    optimizer(afterGradients(outer) ? rest(outer) : outer);
  }

  /** Of one worker, which has nobody to agree with. */
  static AveragingName alone() {
    return new AveragingName(EPOCH, NONE);
  }

  /** Whether all workers' minibatches make one update at first, or always. */
  public boolean averagesGradients() {
    return period.equals(GRADIENTS) || afterGradients(outer);
  }

  /** Whether there are averages of parameters, of which something else can be made. */
  boolean averagesParameters() {
    return !period.equals(GRADIENTS);
  }

  /** What is meant, for a run. */
  public Averaging averaging(Schedule schedule) {
    if (!averagesParameters()) {
      return new GradientAveraging();
    }
    boolean gradientsFirst = afterGradients(outer);
    ParameterAveraging each =
        ParameterAveraging.every(minibatches(schedule))
            .withOuter(optimizer(gradientsFirst ? rest(outer) : outer));
    Averaging periodic = (period.equals(AUTO) ? each.automatic() : each).on(schedule);
    return gradientsFirst
        ? new PostLocal(new GradientAveraging(), schedule.slotsPerEpoch(), periodic)
        : periodic;
  }

  private int minibatches(Schedule schedule) {
    return switch (period) {
      case AUTO -> 1;
      case EPOCH -> schedule.slotsPerEpoch();
      default -> Integer.parseInt(period);
    };
  }

  private static boolean afterGradients(String outer) {
    return outer.equals(POST_LOCAL) || outer.startsWith(POST_LOCAL + "+");
  }

  private static String rest(String outer) {
    return outer.equals(POST_LOCAL) ? NONE : outer.substring(POST_LOCAL.length() + 1);
  }

  private static OuterOptimizer optimizer(String text) {
    switch (text) {
      case NONE:
        return OuterOptimizer.NONE;
      case "slowmo":
        return new OuterOptimizer(OuterRule.MOMENTUM, 1, SLOWMO);
      case "diloco":
        return OuterOptimizer.of(OuterRule.NESTEROV);
      default:
        break;
    }
    String[] parts = text.split(":", -1);
    try {
      OuterRule rule = OuterRule.of(parts[0]);
      if (parts.length <= 3) {
        return new OuterOptimizer(
            rule,
            parts.length > 1 ? Double.parseDouble(parts[1]) : rule.usualLearningRate(),
            parts.length > 2 ? Double.parseDouble(parts[2]) : rule.usualMomentum());
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new IllegalArgumentException(
        "expected none, slowmo, diloco, post-local, RULE:RATE:MOMENTUM or post-local+ one of these,"
            + " found '%s'".formatted(text));
  }
}
