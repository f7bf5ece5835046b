package dev.lockstep.predict;

import java.io.Serializable;

/**
 * A picture that was found.
 *
 * @param path with its file system's scheme
 * @param length in bytes, when it was found
 * @param label its class, or {@link #UNLABELLED}
 */
record PictureFile(String path, long length, int label) implements Serializable {
  /** Nobody says what it shows. */
  static final int UNLABELLED = -1;

  /** What opening a file costs, in bytes that could be read instead. */
  private static final long OPENING = 16 << 10;

  PictureFile labelled(int newLabel) {
    return new PictureFile(path, length, newLabel);
  }

  /** How much work it is, in bytes to read. */
  long cost() {
    return length + OPENING;
  }
}
