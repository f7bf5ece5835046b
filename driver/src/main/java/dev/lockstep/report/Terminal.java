package dev.lockstep.report;

/** Where output goes. */
public enum Terminal {
  /** A person watches: a line may be drawn over. */
  INTERACTIVE,
  /** A file or a pipe: plain lines only. */
  PLAIN;

  /** What standard output is connected to. */
  public static Terminal detect() {
    return System.console() == null ? PLAIN : INTERACTIVE;
  }
}
