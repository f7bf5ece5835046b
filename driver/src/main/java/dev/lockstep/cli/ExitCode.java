package dev.lockstep.cli;

/** What the process says with its exit status. */
final class ExitCode {
  static final int OK = 0;

  /** A fault of the program, shown with its stack trace. */
  static final int BUG = 1;

  /** A wrong command line. */
  static final int USAGE = 2;

  /** Wrong or missing files or values. */
  static final int USER_ERROR = 3;

  /** The loss became NaN or infinite. */
  static final int DIVERGED = 4;

  /** Pictures could not be read: all, or any where that was not allowed. */
  static final int UNREADABLE = 5;

  /**
   * The cluster failed: executors were lost and did not come back, or the application was ended.
   */
  static final int CLUSTER = 6;

  private ExitCode() {}
}
