package dev.lockstep.strategy;

import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * A strategy by its name with settings one by one, as command lines and parameters of estimators
 * have them.
 *
 * @param averagingPeriod minibatches of each worker between two averages of parameters, or {@link
 *     #AUTOMATIC}
 * @param gradientEpochs for how many epochs, from the start, gradients are averaged at each step
 *     before parameters are (post-local SGD); 0 but for parameter averaging
 * @param outer what is made of averages of parameters; nothing but for parameter averaging
 * @param updaterState what becomes of the updater's moments between averages of parameters
 */
public record StrategySettings(
    StrategyName name,
    int averagingPeriod,
    int gradientEpochs,
    OuterSettings outer,
    UpdaterState updaterState) {
  /** An averaging period that is found while training. */
  public static final int AUTOMATIC = 0;

  /** Where a period is one of several settings that go together, and is automatic. */
  private static final int USUAL_PERIOD = 10;

  /**
   * The strategy that is meant.
   *
   * @param workers how many were asked for, if that was said
   * @param spelling of a setting's name, such as averagingPeriod, as the user writes it
   * @throws IllegalArgumentException if a value or a combination makes no sense, in the user's
   *     words
   */
  public Strategy strategy(OptionalInt workers, UnaryOperator<String> spelling) {
    if (averagingPeriod < 1 && averagingPeriod != AUTOMATIC) {
      throw wrong(spelling.apply("averagingPeriod"), "at least 1", averagingPeriod);
    }
    if (averagingPeriod == AUTOMATIC && name != StrategyName.PARAMETER_AVERAGING) {
      throw new IllegalArgumentException(
          "%s auto needs %s %s, not %s"
              .formatted(
                  spelling.apply("averagingPeriod"),
                  spelling.apply("strategy"),
                  StrategyName.PARAMETER_AVERAGING,
                  name));
    }
    if (gradientEpochs < 0) {
      throw wrong(spelling.apply("gradientEpochs"), "at least 0", gradientEpochs);
    }
    outer.optimizer(spelling);
    expectHeeded("gradientEpochs", "", gradientEpochs != 0, spelling);
    outer.given().ifPresent(setting -> expectHeeded(setting, "", true, spelling));
    expectHeeded(
        "updaterState", " " + updaterState, updaterState != UpdaterState.AVERAGED, spelling);
    try {
      Strategy strategy = name.strategy(this);
      workers.ifPresent(strategy::expectWorkers);
      return strategy;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s %s: %s".formatted(spelling.apply("strategy"), name, e.getMessage()), e);
    }
  }

  /** The period, or, where it is automatic, the one that is usual. */
  public int nominalPeriod() {
    return averagingPeriod == AUTOMATIC ? USUAL_PERIOD : averagingPeriod;
  }

  private void expectHeeded(
      String setting, String value, boolean set, UnaryOperator<String> spelling) {
    if (set && !name.heeds(setting)) {
      throw new IllegalArgumentException(
          "%s%s needs %s %s, not %s"
              .formatted(
                  spelling.apply(setting),
                  value,
                  spelling.apply("strategy"),
                  StrategyName.PARAMETER_AVERAGING,
                  name));
    }
  }

  private static IllegalArgumentException wrong(String setting, String expected, Object found) {
    return new IllegalArgumentException(
        "%s must be %s, not %s".formatted(setting, expected, found));
  }
}
