package dev.lockstep.predict;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Reads picture files whole. */
record PictureReader(Configuration hadoop) {
  /** No picture that can be decoded has more. */
  private static final long MAX_BYTES = 128L << 20;

  byte[] read(PictureFile file) throws UnreadableFile {
    if (file.length() > MAX_BYTES) {
      throw new UnreadableFile(
          "has %d MB, more than %d".formatted(file.length() >> 20, MAX_BYTES >> 20));
    }
    Path path = new Path(file.path());
    try {
      if (FolderEntry.isLocal(path)) {
        return Files.readAllBytes(FolderEntry.local(path));
      }
      try (InputStream in = path.getFileSystem(hadoop).open(path)) {
        return in.readNBytes((int) MAX_BYTES);
      }
    } catch (IOException e) {
      throw new UnreadableFile(Reason.of(e), e);
    }
  }
}
