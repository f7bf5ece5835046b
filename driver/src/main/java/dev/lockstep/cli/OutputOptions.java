package dev.lockstep.cli;

import dev.lockstep.report.Console;
import dev.lockstep.report.Terminal;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** How much a command tells, and in which form. */
final class OutputOptions {
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show what Spark logs, and stack traces of errors.")
  boolean verbose;

  @Option(
      names = "--quiet",
      scope = ScopeType.INHERIT,
      description = "Show results and errors only, no progress.")
  private boolean quiet;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "One JSON object a line for each event, for machines.")
  private boolean json;

  /** What a command tells its results to. */
  static Console console(CommandSpec command) {
    Main main = (Main) command.root().userObject();
    return main.output.open(command);
  }

  private Console open(CommandSpec command) {
    Console.Style style =
        json ? Console.Style.JSON : quiet ? Console.Style.QUIET : Console.Style.LINES;
    return new Console(command.commandLine().getOut(), style, Terminal.detect());
  }
}
