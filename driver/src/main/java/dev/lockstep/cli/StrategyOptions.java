package dev.lockstep.cli;

import dev.lockstep.strategy.OuterOptimizer;
import dev.lockstep.strategy.OuterRule;
import dev.lockstep.strategy.OuterSettings;
import dev.lockstep.strategy.Strategy;
import dev.lockstep.strategy.StrategyName;
import dev.lockstep.strategy.StrategySettings;
import dev.lockstep.strategy.UpdaterState;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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
  private static final String AUTO = "auto";
  private static final String PERIOD = "--averaging-period";

  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      description = {
        "parameter-averaging: each worker trains a replica of its own, all continue from the average.",
        "gradient-averaging: all workers' minibatches make one update, as one large minibatch would.",
        "single-process: one worker in the driver.",
        "dl4j: DL4J's own trainer, to compare with; it leaves examples out, and how many is told.",
        "Default: ${DEFAULT-VALUE}."
      })
  private StrategyName strategy;

  @Option(
      names = PERIOD,
      paramLabel = "N|auto",
      converter = PeriodConverter.class,
      description = {
        "Minibatches each worker trains between two averages of parameters. auto begins at 1, and"
            + " lengthens as far as workers agree on where to go, to a quarter of an epoch or to 10.",
        "Default: ${DEFAULT-VALUE}; 100 with --preset local-sgd."
      })
  private int averagingPeriod;

  @Option(
      names = "--averaging-schedule",
      paramLabel = "constant|post-local:E",
      description =
          "With post-local:E, average gradients at each step for E epochs, and only then parameters."
              + " Default: constant.")
  private AveragingSchedule schedule;

  @Option(
      names = "--outer",
      paramLabel = "sgd|momentum|nesterov|adam",
      description = {
        "What is made of each average of parameters: what a round changed is a gradient for an"
            + " optimizer of its own.",
        "sgd with rate 1 continues from the average. Default: sgd; momentum with --outer-momentum."
      })
  private OuterRule outer;

  @Option(
      names = "--outer-learning-rate",
      paramLabel = "RATE",
      description = "Of --outer. Default: sgd and momentum 1, nesterov 0.7, adam 0.01.")
  private Double outerLearningRate;

  @Option(
      names = "--outer-momentum",
      paramLabel = "BETA",
      description =
          "Momentum between averages of parameters, from 0 to below 1."
              + " Default: --outer momentum 0.5, nesterov and adam 0.9.")
  private Double outerMomentum;

  @Option(
      names = "--preset",
      paramLabel = "slowmo|diloco|post-local|local-sgd",
      description = {
        "Settings that belong together, each of which may still be given:",
        "slowmo: --outer momentum --outer-momentum 0.7 (Wang et al. 2020).",
        "diloco: --outer nesterov, 0.7 and 0.9 (Douillard et al. 2023).",
        "post-local: --averaging-schedule post-local:1 (Lin et al. 2020).",
        "local-sgd: rare averages without loss of accuracy, but not of batch normalisation (Stich"
            + " 2019). --averaging-period 100, diloco, and minibatches of all workers that together are"
            + " one of --batch-size, but at least 4 each, at one process' usual learning rate."
      })
  private StrategyPreset preset;

  @Option(
      names = "--updater-state",
      paramLabel = "averaged|reset",
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
        .strategy(workers == null ? OptionalInt.empty() : OptionalInt.of(workers), this::option);
  }

  private String option(String setting) {
    return switch (setting) {
      case "outer" -> saidBy(outer, "--outer");
      case "gradientEpochs" -> saidBy(schedule, "--averaging-schedule");
      default -> "--" + setting.replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    };
  }

  private String saidBy(Object given, String option) {
    return given == null && preset != null ? "--preset " + preset : option;
  }

  private ParameterException usage(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  StrategyName name() {
    return strategy;
  }

  /** Whether something else is made of averages. */
  boolean hasOuterOptimizer() {
    return !outerOptimizer().equals(OuterOptimizer.NONE);
  }

  /** How many workers' steps are averaged into one, rather than added to one. */
  int averaged(int workers) {
    return strategy == StrategyName.GRADIENT_AVERAGING ? 1 : workers;
  }

  /** Minibatches of each worker between two averages of parameters; if that is open, the usual. */
  int averagingPeriod() {
    return settings().nominalPeriod();
  }

  /**
   * Examples in a minibatch of one worker.
   *
   * @param given by --batch-size
   */
  int minibatch(int given, int workers) {
    return preset == null ? given : preset.minibatch(given, workers);
  }

  private Object period() {
    int period = settings().averagingPeriod();
    return period == StrategySettings.AUTOMATIC ? AUTO : (Object) period;
  }

  private StrategySettings settings() {
    boolean said = command.commandLine().getParseResult().hasMatchedOption(PERIOD);
    return new StrategySettings(
        strategy,
        said || preset == null ? averagingPeriod : preset.averagingPeriod().orElse(averagingPeriod),
        schedule().gradientEpochs(),
        outer(),
        updaterState);
  }

  private AveragingSchedule schedule() {
    if (schedule != null) {
      return schedule;
    }
    return preset == null ? AveragingSchedule.CONSTANT : preset.schedule();
  }

  private OuterSettings outer() {
    OuterSettings given =
        new OuterSettings(
            Optional.ofNullable(outer), number(outerLearningRate), number(outerMomentum));
    return preset == null || outer != null ? given : preset.outer(given);
  }

  private static OptionalDouble number(Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** What of this determines the trained parameters. */
  Map<String, Object> config() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("strategy", strategy.toString());
    config.put("averagingPeriod", period());
    config.put("averagingSchedule", schedule().toString());
    config.put("outerMomentum", outer().momentum().orElse(0));
    if (outer().rule().isPresent() || outer().learningRate().isPresent()) {
      config.put("outer", outerOptimizer().toString());
    }
    config.put("updaterState", updaterState.toString());
    return config;
  }

  /** What is made of averages of parameters. */
  OuterOptimizer outerOptimizer() {
    return outer().optimizer(this::option);
  }

  /** In a few words. */
  String describe() {
    if (!strategy.heeds("averagingPeriod")) {
      return strategy.toString().replace('-', ' ');
    }
    StringBuilder words =
        new StringBuilder(strategy == StrategyName.DL4J ? "DL4J's trainer, " : "");
    words.append("averaging period ").append(period());
    if (schedule().gradientEpochs() > 0) {
      words.append(", ").append(schedule());
    }
    if (!outerOptimizer().equals(OuterOptimizer.NONE)) {
      words.append(", outer ").append(outerOptimizer());
    }
    if (updaterState == UpdaterState.RESET) {
      words.append(", updater state reset");
    }
    return words.toString();
  }

  /** Reads a number of minibatches, or auto. */
  static final class PeriodConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      if (value.equals(AUTO)) {
        return StrategySettings.AUTOMATIC;
      }
      try {
        int period = Integer.parseInt(value);
        if (period != StrategySettings.AUTOMATIC) {
          return period;
        }
      } catch (NumberFormatException e) {
        // told below
      }
      throw new TypeConversionException(
          "expected a number of minibatches from 1 on, or auto, found '%s'".formatted(value));
    }
  }
}
