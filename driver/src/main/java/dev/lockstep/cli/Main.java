package dev.lockstep.cli;

import dev.lockstep.memory.OutOfMemory;
import dev.lockstep.spark.ApplicationAttempt;
import dev.lockstep.spark.LibraryOutput;
import dev.lockstep.spark.SparkVersion;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkUserAppException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lockstep}: the one main class, for the launcher and for {@code spark-submit}. */
@Command(
    name = "lockstep",
    description = "Data-parallel training of Deeplearning4j networks on Apache Spark.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  lockstep train mnist                 train the MNIST tutorial on all cores",
      "  lockstep evaluate --model runs/mnist test the trained model",
      "  lockstep predict --model runs/mnist --images digits/",
      "",
      "Completion in bash and zsh: source <(lockstep generate-completion)",
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      ExitCode.OK + ":done",
      ExitCode.BUG + ":a bug: the stack trace is shown",
      ExitCode.USAGE + ":wrong command line",
      ExitCode.USER_ERROR + ":wrong or missing files or values: one line says which",
      ExitCode.DIVERGED + ":training diverged: one line says when, and what to try",
      ExitCode.UNREADABLE + ":pictures could not be read: all, or any with --strict",
      ExitCode.CLUSTER + ":the cluster failed: no executors, or the application was ended",
      ExitCode.OUT_OF_MEMORY + ":memory is too small: one line says for what, and what to do",
      ExitCode.NO_MODEL + ":predict: no model where one was named",
      ExitCode.WRONG_SHAPE + ":a model of another shape than the data, or of another kind",
      ExitCode.NO_PICTURES + ":no pictures where some were named",
      ExitCode.UNWRITABLE + ":predictions or their report cannot be written",
      ExitCode.UNKNOWN_KIND + ":a picture was named that is of an unknown kind",
      ExitCode.INTERRUPTED + ":stopped by Ctrl-C, with a checkpoint to resume from",
    })
public final class Main implements Runnable {
  private static final List<Class<?>> COMMANDS =
      List.of(
          TrainCommand.class,
          EvaluateCommand.class,
          PredictCommand.class,
          ShowCommand.class,
          ExportCommand.class,
          CompareCommand.class,
          StudyCommand.class,
          BenchCommand.class,
          FetchCommand.class,
          DoctorCommand.class,
          PrepareCommand.class,
          InspectCommand.class,
          AutoComplete.GenerateCompletion.class,
          ReferenceCommand.class,
          CommandLine.HelpCommand.class);

  /** Those that are alone where they are named, as reading the options of all takes long. */
  private static final Map<String, Class<?>> ALONE =
      Map.of(
          "train", TrainCommand.class,
          "evaluate", EvaluateCommand.class,
          "predict", PredictCommand.class);

  @Spec private CommandSpec spec;

  @Mixin final OutputOptions output = new OutputOptions();

  private Main() {}

  /**
   * Runs the command line and exits with its status.
   *
   * @throws SparkUserAppException in YARN's application master, instead of an exit status
   */
  public static void main(String[] args) throws SparkUserAppException {
    PrintWriter err = new PrintWriter(System.err, true);
    Thread cutShort = new Thread(() -> cutShort(err));
    Runtime.getRuntime().addShutdownHook(cutShort);
    OutOfMemory.watchThreads(
        line -> {
          endsByItself(cutShort);
          err.println("lockstep: " + line);
          LibraryOutput.silence();
          System.exit(ExitCode.OUT_OF_MEMORY);
        });
    SparkVersion.mismatch()
        .ifPresent(
            line -> {
              endsByItself(cutShort);
              err.println("lockstep: " + line);
              System.exit(ExitCode.USER_ERROR);
            });
    Sessions.readLogSettings();
    int status = run(new PrintWriter(System.out, true), err, args);
    endsByItself(cutShort);
    LibraryOutput.silence();
    ApplicationAttempt.exit(status);
  }

  /** No end is silent: neither one by a signal, such as Ctrl-C, nor one that a library made. */
  private static void cutShort(PrintWriter err) {
    err.println("lockstep: stopped before it was done");
    // What fails from here on does so because the process ends.
    err.close();
  }

  private static void endsByItself(Thread cutShort) {
    try {
      Runtime.getRuntime().removeShutdownHook(cutShort);
    } catch (IllegalStateException e) {
      // Too late: the process is ending, which the hook says.
    }
  }

  /**
   * Runs a command line inside this process.
   *
   * @return the exit status
   */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    Main main = new Main();
    CommandLine commandLine = new CommandLine(main);
    commands(args).forEach(commandLine::addSubcommand);
    OptionTypes.readBy(commandLine)
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler((e, arguments) -> Errors.usage(e))
        .setExecutionExceptionHandler(
            (e, command, parsed) -> Errors.report(e, command.getErr(), main.output.verbose));
    try {
      return commandLine.execute(args);
    } catch (Error e) {
      // Picocli hands on exceptions only.
      return Errors.report(e, err, main.output.verbose);
    }
  }

  private static List<Class<?>> commands(String... args) {
    Class<?> alone = args.length == 0 ? null : ALONE.get(args[0]);
    return alone == null ? COMMANDS : List.of(alone);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: a command is missing (lockstep --help)");
  }
}
