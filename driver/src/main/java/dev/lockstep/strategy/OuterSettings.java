package dev.lockstep.strategy;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/**
 * An {@link OuterOptimizer} as command lines and parameters of estimators have it, as far as it was
 * said.
 *
 * @param rule empty for momentum where a momentum is given, else for none
 * @param learningRate empty for the rule's usual
 * @param momentum empty for the rule's usual
 */
public record OuterSettings(
    Optional<OuterRule> rule, OptionalDouble learningRate, OptionalDouble momentum) {
  /** Nothing was said. */
  public static final OuterSettings NONE =
      new OuterSettings(Optional.empty(), OptionalDouble.empty(), OptionalDouble.empty());

  /** SlowMo's momentum, 0 for none. */
  public static OuterSettings momentum(double beta) {
    return new OuterSettings(
        Optional.empty(),
        OptionalDouble.empty(),
        beta == 0 ? OptionalDouble.empty() : OptionalDouble.of(beta));
  }

  /** The first setting that was said, if any was. */
  Optional<String> given() {
    if (rule.isPresent()) {
      return Optional.of("outer");
    }
    if (learningRate.isPresent()) {
      return Optional.of("outerLearningRate");
    }
    return momentum.isPresent() ? Optional.of("outerMomentum") : Optional.empty();
  }

  /**
   * The optimizer that is meant.
   *
   * @param spelling of a setting's name as the user writes it
   * @throws IllegalArgumentException if a value makes no sense, in the user's words
   */
  public OuterOptimizer optimizer(UnaryOperator<String> spelling) {
    if (momentum.isPresent() && !(momentum.getAsDouble() >= 0 && momentum.getAsDouble() < 1)) {
      throw wrong(spelling.apply("outerMomentum"), "from 0 to below 1", momentum.getAsDouble());
    }
    if (learningRate.isPresent()
        && !(learningRate.getAsDouble() > 0 && Double.isFinite(learningRate.getAsDouble()))) {
      throw wrong(spelling.apply("outerLearningRate"), "more than 0", learningRate.getAsDouble());
    }
    boolean moves = momentum.orElse(0) > 0;
    OuterRule chosen = rule.orElse(moves ? OuterRule.MOMENTUM : OuterRule.SGD);
    if (chosen == OuterRule.SGD && moves) {
      throw new IllegalArgumentException(
          "%s needs %s momentum, nesterov or adam, not sgd"
              .formatted(spelling.apply("outerMomentum"), spelling.apply("outer")));
    }
    return new OuterOptimizer(
        chosen,
        learningRate.orElse(chosen.usualLearningRate()),
        momentum.orElse(chosen.usualMomentum()));
  }

  private static IllegalArgumentException wrong(String setting, String expected, double found) {
    return new IllegalArgumentException(
        "%s must be %s, not %s".formatted(setting, expected, found));
  }
}
