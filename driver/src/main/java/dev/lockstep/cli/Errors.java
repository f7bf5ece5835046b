package dev.lockstep.cli;

import dev.lockstep.data.DataError;
import dev.lockstep.memory.MemoryError;
import dev.lockstep.memory.OutOfMemory;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.ModelTooLarge;
import dev.lockstep.predict.PredictError;
import dev.lockstep.run.RunError;
import dev.lockstep.spark.ClusterException;
import dev.lockstep.train.DivergenceException;
import java.io.PrintWriter;
import java.util.Optional;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Exceptions to what the user sees: one line for a mistake, a stack trace for a bug. */
final class Errors {
  private Errors() {}

  static int report(Throwable thrown, PrintWriter err, boolean verbose) {
    if (ShutdownHookManager.get().isShutdownInProgress()) {
      // What fails now does so because the process was told to end.
      return ExitCode.INTERRUPTED;
    }
    Optional<String> memory = OutOfMemory.line(thrown);
    if (memory.isPresent()) {
      err.println("lockstep: " + memory.get());
      if (verbose) {
        thrown.printStackTrace(err);
      }
      return ExitCode.OUT_OF_MEMORY;
    }
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      int exitCode = exitCode(cause);
      if (exitCode != ExitCode.BUG) {
        err.println("lockstep: " + oneLine(message(cause)));
        if (verbose) {
          thrown.printStackTrace(err);
        }
        return exitCode;
      }
    }
    err.println("lockstep: this is a bug, please report it with the lines below");
    thrown.printStackTrace(err);
    return ExitCode.BUG;
  }

  private static String message(Throwable cause) {
    if (LibraryRefusal.line(cause).isPresent()) {
      return LibraryRefusal.line(cause).get();
    }
    if (isStopped(cause)) {
      return "the cluster cannot be reached, or has ended the application"
          + " (--verbose shows what Spark logs)";
    }
    return isSparks(cause)
        ? "the cluster failed: " + cause.getMessage().lines().findFirst().orElseThrow()
        : cause.getMessage();
  }

  /** Without line ends, which a path may have, and names of Java's exceptions. */
  private static String oneLine(String message) {
    return message
        .replaceAll("\\b(?:[a-z]\\w*\\.)+[A-Z]\\w*Exception: ", "")
        .replace("\r", "\\r")
        .replace("\n", "\\n");
  }

  /** What an exception of a library says, and what the last of its causes does, in one line. */
  static String inOneLine(Throwable thrown) {
    Throwable last = thrown;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    String first = firstLine(thrown);
    return last == thrown || first.contains(firstLine(last))
        ? first
        : first + ": " + firstLine(last);
  }

  private static String firstLine(Throwable thrown) {
    return String.valueOf(thrown.getMessage())
        .lines()
        .filter(line -> !line.isBlank())
        .findFirst()
        .orElse(thrown.getClass().getSimpleName());
  }

  /** Whether Spark itself gave up, and not what it was given to do: executors were lost. */
  private static boolean isSparks(Throwable cause) {
    return isStopped(cause)
        || cause instanceof SparkException
            && cause.getCause() == null
            && cause.getMessage() != null;
  }

  private static boolean isStopped(Throwable cause) {
    return cause instanceof IllegalStateException
        && String.valueOf(cause.getMessage())
            .startsWith("Cannot call methods on a stopped SparkContext");
  }

  /** A wrong command line: what is wrong, what may have been meant, and where to read on. */
  static int usage(ParameterException e) {
    PrintWriter err = e.getCommandLine().getErr();
    // Of a value that Java cannot convert, picocli names the exception's class as well.
    String message = e.getMessage().replaceFirst("\\((?:\\w+\\.)+\\w+Exception: (.*)\\)$", "($1)");
    err.println("lockstep: " + oneLine(message));
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("See " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }

  private static int exitCode(Throwable cause) {
    if (LibraryRefusal.line(cause).isPresent()) {
      return ExitCode.USER_ERROR;
    }
    if (cause instanceof DivergenceException) {
      return ExitCode.DIVERGED;
    }
    if (cause instanceof ClusterException || isSparks(cause)) {
      return ExitCode.CLUSTER;
    }
    if (cause instanceof MemoryError || cause instanceof ModelTooLarge) {
      return ExitCode.OUT_OF_MEMORY;
    }
    if (cause instanceof UserError error) {
      return error.exitCode();
    }
    if (cause instanceof PredictError error) {
      return switch (error.problem()) {
        case NO_PICTURES -> ExitCode.NO_PICTURES;
        case UNWRITABLE -> ExitCode.UNWRITABLE;
        case UNKNOWN_KIND -> ExitCode.UNKNOWN_KIND;
        case WRONG_SHAPE -> ExitCode.WRONG_SHAPE;
      };
    }
    return cause instanceof DataError || cause instanceof ModelError || cause instanceof RunError
        ? ExitCode.USER_ERROR
        : ExitCode.BUG;
  }
}
