package dev.lockstep.data.image;

import dev.lockstep.data.DataFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;

/**
 * A file that holds a picture, or should.
 *
 * @param folder the folder where it was looked for; all files of a folder share one string
 * @param name its path within the folder
 * @param length in bytes
 * @param target as of an example
 */
record LabelledPicture(String folder, String name, long length, float[] target)
    implements Serializable {
  /** No picture has more; a file of this size in memory is still harmless. */
  private static final int MAX_BYTES = 256 << 20;

  /** The whole path as messages show it. */
  String path() {
    return DataFiles.name(folder + Path.SEPARATOR + name);
  }

  /**
   * Reads the file.
   *
   * @throws UnreadableImage if it cannot be read
   */
  byte[] content(Configuration hadoop) throws UnreadableImage {
    if (length > MAX_BYTES) {
      throw new UnreadableImage("has %d MB, more than %d".formatted(length >> 20, MAX_BYTES >> 20));
    }
    Path path = new Path(folder, new Path(null, null, name));
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      return in.readNBytes(MAX_BYTES);
    } catch (IOException | FSError e) {
      throw new UnreadableImage(DataFiles.reason(e), e);
    }
  }
}
