package dev.lockstep.data.image;

/** A picture that cannot be used; its message says why, without naming the file. */
public sealed class UnreadableImage extends Exception permits BlankPicture {
  UnreadableImage(String message) {
    super(message);
  }

  UnreadableImage(String message, Throwable cause) {
    super(message, cause);
  }
}
