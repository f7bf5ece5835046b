package dev.lockstep.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code lockstep}: the one main class, for the launcher and for {@code spark-submit}. */
@Command(
    name = "lockstep",
    description = "Data-parallel training of Deeplearning4j networks on Apache Spark.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      ShowCommand.class,
      CompareCommand.class,
      BenchCommand.class,
      FetchCommand.class,
      CommandLine.HelpCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  lockstep train mnist                 train the MNIST tutorial on all cores",
      "  lockstep evaluate --model runs/mnist test the trained model",
      "  lockstep predict --model runs/mnist --images digits/",
      "",
      "Exit status: 0 done, 1 a bug, 2 wrong command line, 3 wrong files or values, 4 diverged,",
      "5 unreadable pictures, 6 the cluster failed."
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show what Spark logs, and stack traces of errors.")
  private boolean verbose;

  private Main() {}

  /** Runs the command line and exits with its status. */
  public static void main(String[] args) {
    System.exit(run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), args));
  }

  /**
   * Runs a command line inside this process.
   *
   * @return the exit status
   */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    Main main = new Main();
    return new CommandLine(main)
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler((e, arguments) -> Errors.usage(e))
        .setExecutionExceptionHandler(
            (e, commandLine, parsed) -> Errors.report(e, commandLine.getErr(), main.verbose))
        .execute(args);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: a command is missing (lockstep --help)");
  }
}
