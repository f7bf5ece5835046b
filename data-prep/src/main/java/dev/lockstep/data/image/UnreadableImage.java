package dev.lockstep.data.image;

/** A picture that cannot be used; its message says why, without naming the file. */
public final class UnreadableImage extends Exception {
  UnreadableImage(String message) {
    super(message);
  }

  UnreadableImage(String message, Throwable cause) {
    super(message, cause);
  }
}
