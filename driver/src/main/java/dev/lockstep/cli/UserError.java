package dev.lockstep.cli;

/** A mistake of the user's, shown as one line. */
final class UserError extends RuntimeException {
  private final int exitCode;

  UserError(String message) {
    this(ExitCode.USER_ERROR, message);
  }

  /**
   * @param exitCode one of {@link ExitCode}
   */
  UserError(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
