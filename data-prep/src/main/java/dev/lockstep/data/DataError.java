package dev.lockstep.data;

/**
 * A mistake in the data or in how it was named, to be shown to the user as one line: the file, the
 * offset or value, what was expected, what was found, and what to do.
 */
public final class DataError extends RuntimeException {
  public DataError(String message) {
    super(message);
  }

  public DataError(String message, Throwable cause) {
    super(message, cause);
  }
}
