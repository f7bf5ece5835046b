package dev.lockstep.data.prepare;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.TaskContext;

/**
 * A file that a task writes: under a name of the attempt's own until it is whole, so that two
 * attempts at one task do not meet.
 */
record OutputFile(Path target, Path temporary, FileSystem files) {
  private static final int BUFFER = 1 << 16;

  static OutputFile of(Path target, FileSystem files) {
    String temporary = ".%s.%d".formatted(target.getName(), TaskContext.get().taskAttemptId());
    return new OutputFile(target, new Path(target.getParent(), temporary), files);
  }

  /** Settings with which local files have no {@code .crc} files beside them. */
  static Configuration withoutSideFiles(Configuration hadoop) {
    Configuration plain = new Configuration(hadoop);
    plain.set("fs.file.impl", RawLocalFileSystem.class.getName());
    plain.setBoolean("fs.file.impl.disable.cache", true);
    return plain;
  }

  /**
   * Begins the file, with the permissions that new files have: where they are named, Hadoop starts
   * a process for each local file to set them.
   */
  OutputStream create() throws IOException {
    return files.create(
        temporary,
        null,
        true,
        BUFFER,
        files.getDefaultReplication(temporary),
        files.getDefaultBlockSize(temporary),
        null);
  }

  /** Makes the file appear, unless another attempt, which wrote the same, has. */
  PreparedFile commit() throws IOException {
    if (!files.rename(temporary, target) && !files.exists(target)) {
      throw new IOException("%s cannot be renamed to %s".formatted(temporary, target.getName()));
    }
    files.delete(temporary, false);
    return new PreparedFile(target.getName(), files.getFileStatus(target).getLen());
  }

  void discard() throws IOException {
    files.delete(temporary, false);
  }
}
