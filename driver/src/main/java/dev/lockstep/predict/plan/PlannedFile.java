package dev.lockstep.predict.plan;

import dev.lockstep.data.DataFiles;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * A file as it was when it was planned.
 *
 * @param length in bytes
 * @param modified in milliseconds since 1970
 */
record PlannedFile(String path, long length, long modified) {

  static PlannedFile of(String name, Configuration hadoop) {
    Path path = new Path(name);
    try {
      FileStatus status = path.getFileSystem(hadoop).getFileStatus(path);
      return new PlannedFile(name, status.getLen(), status.getModificationTime());
    } catch (IOException e) {
      throw DataFiles.unreadable(name, e);
    }
  }
}
