package dev.lockstep.run;

/** What a run cannot leave behind, to be shown to the user as one line. */
public final class RunError extends RuntimeException {
  RunError(String message) {
    super(message);
  }
}
