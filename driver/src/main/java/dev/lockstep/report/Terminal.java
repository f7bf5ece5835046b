package dev.lockstep.report;

/** Where output goes. */
public enum Terminal {
  /** A person watches: a line may be drawn over. */
  INTERACTIVE,
  /** A file or a pipe: plain lines only. */
  PLAIN;

  /** How long a command may say nothing where no bar is drawn. */
  static final long SILENCE_NANOS = 5_000_000_000L;

  /** What standard output is connected to. */
  public static Terminal detect() {
    return System.console() == null ? PLAIN : INTERACTIVE;
  }
}
