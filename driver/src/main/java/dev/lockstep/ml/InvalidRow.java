package dev.lockstep.ml;

/** A row that cannot be used; its message says why. */
final class InvalidRow extends Exception {
  InvalidRow(String message) {
    super(message);
  }

  InvalidRow(String message, Throwable cause) {
    super(message, cause);
  }
}
