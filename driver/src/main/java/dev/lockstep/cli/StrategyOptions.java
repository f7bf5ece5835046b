package dev.lockstep.cli;

import dev.lockstep.strategy.Strategy;
import dev.lockstep.strategy.StrategyName;
import dev.lockstep.strategy.StrategySettings;
import dev.lockstep.strategy.UpdaterState;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import picocli.CommandLine.TypeConversionException;

/** How workers combine what they learn, and the options that belong to it. */
final class StrategyOptions {
  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      converter = NameConverter.class,
      description = {
        "parameter-averaging: each worker trains a replica of its own, all continue from the average.",
        "gradient-averaging: all workers' minibatches make one update, as one large minibatch would.",
        "single-process: one worker in the driver.",
        "dl4j: DL4J's own trainer, to compare with; it leaves examples out, and how many is told.",
        "Default: ${DEFAULT-VALUE}."
      })
  private StrategyName strategy;

  @Option(
      names = "--averaging-period",
      paramLabel = "N",
      description =
          "Minibatches each worker trains between two averages of parameters."
              + " Default: ${DEFAULT-VALUE}.")
  private int averagingPeriod;

  @Option(
      names = "--averaging-schedule",
      paramLabel = "constant|post-local:E",
      converter = AveragingSchedule.Converter.class,
      description =
          "With post-local:E, average gradients at each step for E epochs, and only then parameters."
              + " Default: ${DEFAULT-VALUE}.")
  private AveragingSchedule schedule;

  @Option(
      names = "--outer-momentum",
      paramLabel = "BETA",
      description =
          "Momentum between averages of parameters (SlowMo), from 0 to below 1."
              + " Default: ${DEFAULT-VALUE}.")
  private double outerMomentum;

  @Option(
      names = "--updater-state",
      paramLabel = "averaged|reset",
      converter = UpdaterStateConverter.class,
      description =
          "What becomes of the moments of Adam and momentum where parameters are averaged."
              + " Default: ${DEFAULT-VALUE}.")
  private UpdaterState updaterState;

  /** Complains about values, and combinations, that make no sense. */
  void validate(Integer workers) {
    try {
      strategy(workers);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  /**
   * The strategy that was chosen.
   *
   * @param workers how many were asked for; null if that was not said
   */
  Strategy strategy(Integer workers) {
    return settings()
        .strategy(
            workers == null ? OptionalInt.empty() : OptionalInt.of(workers),
            StrategyOptions::option);
  }

  private static String option(String setting) {
    return setting.equals("gradientEpochs")
        ? "--averaging-schedule"
        : "--" + setting.replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  private ParameterException usage(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /** How many workers' steps are averaged into one, rather than added to one. */
  int averaged(int workers) {
    return strategy(workers).averagesGradients(0) ? 1 : workers;
  }

  /** Minibatches of each worker between two averages of parameters. */
  int averagingPeriod() {
    return averagingPeriod;
  }

  private StrategySettings settings() {
    return new StrategySettings(
        strategy, averagingPeriod, schedule.gradientEpochs(), outerMomentum, updaterState);
  }

  /** What of this determines the trained parameters. */
  Map<String, Object> config() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("strategy", strategy.toString());
    config.put("averagingPeriod", averagingPeriod);
    config.put("averagingSchedule", schedule.toString());
    config.put("outerMomentum", outerMomentum);
    config.put("updaterState", updaterState.toString());
    return config;
  }

  /** In a few words. */
  String describe() {
    if (!strategy.heeds("averagingPeriod")) {
      return strategy.toString().replace('-', ' ');
    }
    StringBuilder words =
        new StringBuilder(strategy == StrategyName.DL4J ? "DL4J's trainer, " : "");
    words.append("averaging period ").append(averagingPeriod);
    if (schedule.gradientEpochs() > 0) {
      words.append(", ").append(schedule);
    }
    if (outerMomentum > 0) {
      words.append(", outer momentum ").append(outerMomentum);
    }
    if (updaterState == UpdaterState.RESET) {
      words.append(", updater state reset");
    }
    return words.toString();
  }

  /** Reads a name. */
  static final class NameConverter implements ITypeConverter<StrategyName> {
    @Override
    public StrategyName convert(String value) {
      try {
        return StrategyName.of(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Reads what becomes of the moments. */
  static final class UpdaterStateConverter implements ITypeConverter<UpdaterState> {
    @Override
    public UpdaterState convert(String value) {
      return Arrays.stream(UpdaterState.values())
          .filter(state -> state.toString().equals(value))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected averaged or reset, found '%s'".formatted(value)));
    }
  }
}
