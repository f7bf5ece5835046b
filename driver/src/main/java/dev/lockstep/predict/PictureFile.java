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
public record PictureFile(String path, long length, int label) implements Serializable {
  /** Nobody says what it shows. */
  public static final int UNLABELLED = -1;

  /** What opening a file costs, in bytes that could be read instead. */
  private static final long OPENING = 16 << 10;

  /** The same, of which it is known what it shows. */
  public PictureFile labelled(int newLabel) {
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
  public long cost() {
    return length + OPENING;
  }
}
