package dev.lockstep.dataset;

import dev.lockstep.data.DataError;
import dev.lockstep.models.ModelError;
import java.util.function.Supplier;

/** What failed in a task, told as if it had failed here. */
public final class Failures {
  private Failures() {}

  /**
   * Runs work that starts Spark jobs.
   *
   * @throws DataError or ModelError if that is what made a task fail
   */
  public static <T> T told(Supplier<T> work) {
    try {
      return work.get();
    } catch (Exception e) {
      // Spark's Scala methods throw checked exceptions that Java does not know of.
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof DataError || cause instanceof ModelError) {
          throw (RuntimeException) cause;
        }
      }
      throw e;
    }
  }
}
