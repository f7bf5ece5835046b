package dev.lockstep.strategy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The strategies that users choose by name: how workers combine what they learn. A constant is all
 * that a further one needs.
 */
public enum StrategyName {
  /** {@link ParameterAveraging}, or {@link PostLocalSgd}. */
  PARAMETER_AVERAGING(
      "averagingPeriod",
      "gradientEpochs",
      "outer",
      "outerLearningRate",
      "outerMomentum",
      "updaterState") {
    @Override
    Strategy strategy(StrategySettings settings) {
      ParameterAveraging averaging =
          ParameterAveraging.every(settings.nominalPeriod())
              .withOuter(settings.outer().optimizer(UnaryOperator.identity()))
              .withUpdaterState(settings.updaterState());
      Averaging periodic =
          settings.averagingPeriod() == StrategySettings.AUTOMATIC
              ? averaging.automatic()
              : averaging;
      return settings.gradientEpochs() == 0
          ? periodic
          : new PostLocalSgd(settings.gradientEpochs(), periodic);
    }
  },

  /** {@link GradientAveraging}. */
  GRADIENT_AVERAGING {
    @Override
    Strategy strategy(StrategySettings settings) {
      return new GradientAveraging();
    }
  },

  /** {@link SingleWorker}. */
  SINGLE_PROCESS {
    @Override
    Strategy strategy(StrategySettings settings) {
      return new SingleWorker(settings.averagingPeriod());
    }
  },

  /** {@link StockTrainer}, to compare with. */
  DL4J("averagingPeriod", "updaterState") {
    @Override
    Strategy strategy(StrategySettings settings) {
      return StockTrainer.find().strategy(settings.averagingPeriod(), settings.updaterState());
    }
  };

  private final Set<String> settings;

  StrategyName(String... settings) {
    this.settings = Set.of(settings);
  }

  /**
   * Makes it.
   *
   * @param settings that are checked, one by one
   */
  abstract Strategy strategy(StrategySettings settings);

  /** Whether one of {@link StrategySettings} changes what it does. */
  public boolean heeds(String setting) {
    return settings.contains(setting);
  }

  /** As users write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads a name as users write it.
   *
   * @throws IllegalArgumentException if there is no such strategy
   */
  public static StrategyName of(String value) {
    return Arrays.stream(values())
        .filter(name -> name.toString().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected one of %s, found '%s'".formatted(Arrays.toString(values()), value)));
  }
}
