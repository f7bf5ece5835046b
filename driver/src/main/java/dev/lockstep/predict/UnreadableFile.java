package dev.lockstep.predict;

/** A file whose bytes cannot be had; its message says why, without naming it. */
final class UnreadableFile extends Exception {
  UnreadableFile(String message) {
    super(message);
  }

  UnreadableFile(String message, Throwable cause) {
    super(message, cause);
  }
}
