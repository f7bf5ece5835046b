package dev.lockstep.predict;

/** Why pictures cannot be predicted at all, to be shown to the user as one line. */
public final class PredictError extends RuntimeException {

  /** What callers may tell apart. */
  public enum Problem {
    /** There are none at the given places. */
    NO_PICTURES,
    /** A file that was named is of a kind that is not read. */
    UNKNOWN_KIND,
    /** The model is no classifier of such pictures. */
    WRONG_SHAPE,
    /** Predictions cannot be stored. */
    UNWRITABLE
  }

  private final Problem problem;

  /** With a message of one line. */
  public PredictError(Problem problem, String message) {
    super(message);
    this.problem = problem;
  }

  /** With a message of one line. */
  public PredictError(Problem problem, String message, Throwable cause) {
    super(message, cause);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
