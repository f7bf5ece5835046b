package dev.lockstep.collective;

/** A member died, hung or was stopped, so the others cannot go on either. */
public final class CollectiveException extends RuntimeException {
  CollectiveException(String message) {
    super(message);
  }

  CollectiveException(String message, Throwable cause) {
    super(message, cause);
  }
}
