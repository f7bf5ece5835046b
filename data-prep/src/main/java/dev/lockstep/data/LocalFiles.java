package dev.lockstep.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system without checksums, which lie in files of their own, so that a file and
 * its checksum could not be renamed at once. Nor does it start {@code chmod} for each file that it
 * makes, as Hadoop's does where its native library is missing.
 */
public final class LocalFiles extends RawLocalFileSystem {

  /** Settings as they are given, but with this for local files. */
  public static Configuration in(Configuration hadoop) {
    Configuration settings = new Configuration(hadoop);
    settings.setClassLoader(LocalFiles.class.getClassLoader());
    settings.setClass("fs.file.impl", LocalFiles.class, FileSystem.class);
    settings.setBoolean("fs.file.impl.disable.cache", true);
    return settings;
  }

  @Override
  public void setPermission(Path path, FsPermission permission) throws IOException {
    try {
      Files.setPosixFilePermissions(
          pathToFile(path).toPath(),
          PosixFilePermissions.fromString(
              permission.getUserAction().SYMBOL
                  + permission.getGroupAction().SYMBOL
                  + permission.getOtherAction().SYMBOL));
    } catch (UnsupportedOperationException e) {
      super.setPermission(path, permission);
    }
  }
}
