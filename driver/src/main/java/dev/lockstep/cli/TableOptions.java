package dev.lockstep.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which columns of a table. */
final class TableOptions {
  private static final String ALL = "all";

  @Option(
      names = "--keep",
      paramLabel = "all|COLUMN",
      split = ",",
      description =
          "Columns of a table that are written beside the predictions, such as id,name; or all."
              + " Default: none, but the file and the line.")
  private List<String> kept = List.of();

  @Option(
      names = "--ignore-columns",
      paramLabel = "COLUMN",
      split = ",",
      description =
          "Columns of a table that are no features, where the model knows none by name: by name or,"
              + " in CSV files without names, by number from 1.")
  private List<String> ignored = List.of();

  /** Columns that are kept; empty for all. */
  Optional<List<String>> kept() {
    return kept.equals(List.of(ALL)) ? Optional.empty() : Optional.of(kept);
  }

  List<String> ignored() {
    return ignored;
  }

  /** Complains of any, where there is no table. */
  void expectNone(CommandLine command) {
    if (!kept.isEmpty() || !ignored.isEmpty()) {
      throw new ParameterException(
          command, "--keep and --ignore-columns are of tables: leave them out with --images");
    }
  }
}
