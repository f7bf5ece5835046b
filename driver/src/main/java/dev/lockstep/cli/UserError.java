package dev.lockstep.cli;

/** A mistake of the user's, shown as one line. */
final class UserError extends RuntimeException {
  UserError(String message) {
    super(message);
  }
}
