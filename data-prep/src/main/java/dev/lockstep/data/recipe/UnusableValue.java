package dev.lockstep.data.recipe;

/** A value of a row that is none of its column's; the message says what was expected, and found. */
public final class UnusableValue extends Exception {
  public UnusableValue(String message) {
    super(message);
  }
}
