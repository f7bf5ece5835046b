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

  /** Memory is too small for the data, or has run out. */
  static final int OUT_OF_MEMORY = 7;

  /** There is no model where one was named. */
  static final int NO_MODEL = 10;

  /** A model takes or gives something else than the data. */
  static final int WRONG_SHAPE = 11;

  /** There are no pictures where some were named. */
  static final int NO_PICTURES = 12;

  /** Predictions cannot be stored where they were to be. */
  static final int UNWRITABLE = 13;

  /** A file was named for a picture that is none by its name. */
  static final int UNKNOWN_KIND = 14;

  /** Asked to stop, as a shell says it of Ctrl-C. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
