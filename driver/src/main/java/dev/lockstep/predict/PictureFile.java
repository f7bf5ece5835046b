package dev.lockstep.predict;

import dev.lockstep.data.image.PictureBytes;
import dev.lockstep.data.image.UnreadableImage;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

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

  /**
   * Reads the file.
   *
   * @throws UnreadableImage if it cannot be read
   */
  byte[] content(Configuration hadoop) throws UnreadableImage {
    return PictureBytes.read(new Path(path), length, hadoop);
  }

  /** How much work it is, in bytes to read. */
  long cost() {
    return length + OPENING;
  }
}
