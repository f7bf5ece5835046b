package dev.lockstep.data.image;

import dev.lockstep.data.DataFiles;
import dev.lockstep.data.Locations;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
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
    return PictureBytes.read(Locations.child(new Path(folder), name), length, hadoop);
  }
}
