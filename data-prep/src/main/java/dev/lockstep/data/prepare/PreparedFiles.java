package dev.lockstep.data.prepare;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Whether a prepared data set is as its manifest says. */
final class PreparedFiles {
  private PreparedFiles() {}

  /**
   * Looks for each file and its length.
   *
   * @throws DataError naming the first that is missing or has another length
   */
  static void expectComplete(Path folder, PreparedManifest manifest, Configuration hadoop) {
    for (PreparedManifest.Part part : manifest.parts()) {
      for (PreparedFile file : part.files()) {
        Path path = new Path(folder, file.name());
        try {
          long found = path.getFileSystem(hadoop).getFileStatus(path).getLen();
          if (found != file.bytes()) {
            throw new DataError(
                "%s: expected %d bytes, as %s says, found %d: prepare the data again"
                    .formatted(
                        DataFiles.name(path.toString()),
                        file.bytes(),
                        PreparedManifest.FILE,
                        found));
          }
        } catch (FileNotFoundException e) {
          throw new DataError(
              "%s: expected this file, as %s says, found none: prepare the data again"
                  .formatted(DataFiles.name(path.toString()), PreparedManifest.FILE),
              e);
        } catch (IOException e) {
          throw DataFiles.unreadable(path.toString(), e);
        }
      }
    }
  }
}
