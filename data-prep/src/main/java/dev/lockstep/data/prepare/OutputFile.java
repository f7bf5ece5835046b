package dev.lockstep.data.prepare;

import dev.lockstep.data.WholeFiles;
import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;

/**
 * A file that a task writes: under a name of the attempt's own until it is whole, so that two
 * attempts at one task do not meet.
 */
record OutputFile(Path target, Path temporary, FileSystem files) {
  static OutputFile of(Path target, FileSystem files) {
    String temporary = ".%s.%d".formatted(target.getName(), TaskContext.get().taskAttemptId());
    return new OutputFile(target, new Path(target.getParent(), temporary), files);
  }

  /** Makes the file appear, unless another attempt, which wrote the same, has. */
  PreparedFile commit() throws IOException {
    return new PreparedFile(target.getName(), WholeFiles.commit(files, temporary, target));
  }

  void discard() throws IOException {
    files.delete(temporary, false);
  }
}
