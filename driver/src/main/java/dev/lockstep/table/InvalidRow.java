package dev.lockstep.table;

/** A row that cannot be used; its message says why. */
public final class InvalidRow extends Exception {
  public InvalidRow(String message) {
    super(message);
  }

  InvalidRow(String message, Throwable cause) {
    super(message, cause);
  }
}
