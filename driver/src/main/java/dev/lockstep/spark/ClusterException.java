package dev.lockstep.spark;

/** The cluster has let a run down: not a mistake in the data, nor in the program. */
public final class ClusterException extends RuntimeException {
  public ClusterException(String message) {
    super(message);
  }

  public ClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}
