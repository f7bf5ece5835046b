package dev.lockstep.data.image;

import dev.lockstep.data.DataFiles;
import dev.lockstep.data.Locations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;

/** Picture files as bytes, with the one limit that all of them have. */
public final class PictureBytes {
  /** No picture has more; a file of this size in memory is still harmless. */
  private static final int MAX_BYTES = 256 << 20;

  private PictureBytes() {}

  /** Memory has run out, with the name of the picture for which it was not enough. */
  public static OutOfMemoryError tooLarge(String path, OutOfMemoryError why) {
    return new OutOfMemoryError("%s: %s".formatted(DataFiles.name(path), why.getMessage()));
  }

  /**
   * Reads a file whole.
   *
   * @param path with its file system's scheme
   * @param length in bytes, as it was listed; 0 if that is not known
   * @throws UnreadableImage if it cannot be read, or is too large
   */
  public static byte[] read(Path path, long length, Configuration hadoop) throws UnreadableImage {
    if (length > MAX_BYTES) {
      throw new UnreadableImage("has %d MB, more than %d".formatted(length >> 20, MAX_BYTES >> 20));
    }
    try {
      if ("file".equals(path.toUri().getScheme())) {
        return Files.readAllBytes(java.nio.file.Path.of(path.toUri().getPath()));
      }
      try (InputStream in = Locations.open(path, hadoop)) {
        return in.readNBytes(MAX_BYTES);
      }
    } catch (IOException | FSError e) {
      throw new UnreadableImage(DataFiles.reason(e), e);
    }
  }
}
