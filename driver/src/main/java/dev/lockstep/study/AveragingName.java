package dev.lockstep.study;

import dev.lockstep.strategy.Averaging;
import dev.lockstep.strategy.GradientAveraging;
import dev.lockstep.strategy.LocalSgd;
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
 *     diloco}, {@code post-local}, {@code local-sgd}, a rule as RULE, RULE:RATE or
 *     RULE:RATE:MOMENTUM, or {@code post-local+} or {@code local-sgd+} one of these
 */
public record AveragingName(String period, String outer) {
  private static final String GRADIENTS = "gradients";
  private static final String AUTO = "auto";
  private static final String EPOCH = "epoch";
  private static final String NONE = "none";
  private static final String POST_LOCAL = "post-local";
  private static final String LOCAL_SGD = "local-sgd";
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
    optimizer(outer);
  }

  /** Of one worker, which has nobody to agree with. */
  static AveragingName alone() {
    return new AveragingName(EPOCH, NONE);
  }

  /** Whether there are averages of parameters, of which something else can be made. */
  public boolean averagesParameters() {
    return !period.equals(GRADIENTS);
  }

  /**
   * Examples in a minibatch of one worker.
   *
   * @param usual in one process' minibatch
   */
  public int minibatch(int usual, int workers) {
    return isPreset(LOCAL_SGD, outer) ? LocalSgd.minibatch(usual, workers) : usual;
  }

  /** What is made of averages of parameters, if there are any. */
  public OuterOptimizer outerOptimizer() {
    return averagesParameters() ? optimizer(outer) : OuterOptimizer.NONE;
  }

  /** What is meant, for a run. */
  public Averaging averaging(Schedule schedule) {
    if (!averagesParameters()) {
      return new GradientAveraging();
    }
    ParameterAveraging each =
        ParameterAveraging.every(minibatches(schedule)).withOuter(optimizer(outer));
    Averaging periodic = (period.equals(AUTO) ? each.automatic() : each).on(schedule);
    return isPreset(POST_LOCAL, outer)
        ? new PostLocal(schedule.slotsPerEpoch(), periodic)
        : periodic;
  }

  private int minibatches(Schedule schedule) {
    return switch (period) {
      case AUTO -> 1;
      case EPOCH -> schedule.slotsPerEpoch();
      default -> Integer.parseInt(period);
    };
  }

  private static boolean isPreset(String name, String outer) {
    return outer.equals(name) || outer.startsWith(name + "+");
  }

  private static OuterOptimizer optimizer(String outer) {
    if (outer.equals(POST_LOCAL)) {
      return OuterOptimizer.NONE;
    }
    if (outer.equals(LOCAL_SGD)) {
      return OuterOptimizer.of(LocalSgd.RULE);
    }
    String text = outer.replaceFirst("^(%s|%s)\\+".formatted(POST_LOCAL, LOCAL_SGD), "");
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
        "expected none, slowmo, diloco, post-local, local-sgd, RULE:RATE:MOMENTUM, or post-local+ or"
            + " local-sgd+ one of these, found '%s'".formatted(text));
  }
}
