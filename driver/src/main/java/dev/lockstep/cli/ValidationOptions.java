package dev.lockstep.cli;

import dev.lockstep.data.Schema;
import dev.lockstep.train.EarlyStopping;
import dev.lockstep.train.EarlyStopping.Monitor;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How often to look at validation data, and whether to stop early. */
final class ValidationOptions {
  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--validate-every",
      paramLabel = "N",
      description = "Rounds, of one averaging period each, between validations. Default: 50.",
      defaultValue = "50")
  private int every;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description =
          "Stop when N validations in a row have brought nothing better, and keep the best model."
              + " Default: never stop early, and keep the last model.")
  private Integer patience;

  @Option(
      names = "--monitor",
      paramLabel = "accuracy|loss",
      description = "What --patience looks at. Default: accuracy where there are classes.")
  private Monitor monitor;

  @Option(
      names = "--min-delta",
      paramLabel = "D",
      description = "What --patience counts as better must be so by more than D. Default: 0.",
      defaultValue = "0")
  private double minDelta;

  /** Complains about values that no validation can have. */
  void validate() {
    atLeastOne("--validate-every", every);
    atLeastOne("--patience", patience == null ? 1 : patience);
    if (!(minDelta >= 0)) {
      throw usage("--min-delta must be at least 0, not " + minDelta);
    }
  }

  private void atLeastOne(String option, int value) {
    if (value < 1) {
      throw usage(option + " must be at least 1, not " + value);
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /** Rounds between validations. */
  int every() {
    return every;
  }

  /**
   * When to stop early, if at all.
   *
   * @throws UserError if the accuracy of what has no classes was asked for
   */
  Optional<EarlyStopping> rule(Schema data) {
    return Optional.ofNullable(patience).map(n -> new EarlyStopping(monitor(data), minDelta, n));
  }

  private Monitor monitor(Schema data) {
    if (data.classes() == 0 && monitor == Monitor.ACCURACY) {
      throw new UserError("--monitor accuracy needs classes, found numbers: use --monitor loss");
    }
    return monitor != null ? monitor : data.classes() > 0 ? Monitor.ACCURACY : Monitor.LOSS;
  }

  /** What of this determines the trained parameters. */
  Map<String, Object> config(Schema data) {
    return patience == null
        ? Map.of()
        : new TreeMap<>(
            Map.of(
                "validateEvery", every,
                "patience", patience,
                "monitor", monitor(data).name().toLowerCase(Locale.ROOT),
                "minDelta", minDelta));
  }
}
