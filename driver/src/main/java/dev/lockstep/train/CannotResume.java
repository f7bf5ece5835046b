package dev.lockstep.train;

/** A run cannot go on where another one stopped: there is none, or it was of another kind. */
public final class CannotResume extends RuntimeException {
  CannotResume(String message) {
    super(message);
  }
}
