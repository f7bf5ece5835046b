package dev.lockstep.cli;

import dev.lockstep.data.DataError;
import dev.lockstep.memory.MemoryError;
import dev.lockstep.memory.OutOfMemory;
import dev.lockstep.models.ModelError;
import dev.lockstep.predict.PredictError;
import dev.lockstep.strategy.ClusterException;
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
        err.println("lockstep: " + message(cause));
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
    if (isStopped(cause)) {
      return "the cluster cannot be reached, or has ended the application"
          + " (--verbose shows what Spark logs)";
    }
    return isSparks(cause)
        ? "the cluster failed: " + cause.getMessage().lines().findFirst().orElseThrow()
        : cause.getMessage();
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
    err.println("lockstep: " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("See " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }

  private static int exitCode(Throwable cause) {
    if (cause instanceof DivergenceException) {
      return ExitCode.DIVERGED;
    }
    if (cause instanceof ClusterException || isSparks(cause)) {
      return ExitCode.CLUSTER;
    }
    if (cause instanceof MemoryError) {
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
      };
    }
    return cause instanceof DataError || cause instanceof ModelError
        ? ExitCode.USER_ERROR
        : ExitCode.BUG;
  }
}
