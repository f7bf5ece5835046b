package dev.lockstep.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Abortable;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * Files on any Hadoop file system that come into being whole or not at all, also where the process
 * that makes them ends in the middle.
 *
 * <p>Where a rename is one step, a file is written under another name and renamed. In an object
 * store a rename is a copy of each object and then its removal, which may be cut anywhere; there an
 * object appears when the stream that writes it is closed (Amazon S3, user guide, "data consistency
 * model"), and so it is written under its own name.
 */
public final class WholeFiles {
  /** File systems that rename a file or a folder in one step. */
  private static final Set<String> RENAMING =
      Set.of(
          "file",
          "hdfs",
          "webhdfs",
          "swebhdfs",
          "viewfs",
          "ofs",
          "o3fs",
          "maprfs",
          "abfs",
          "abfss");

  private WholeFiles() {}

  /** Whether files and folders are renamed in one step there. */
  public static boolean renames(FileSystem files) {
    return RENAMING.contains(files.getUri().getScheme());
  }

  /**
   * Writes a file, in the place of one of that name; readers see the one or the other, whole.
   *
   * @throws IOException if it cannot be written; what was there before stays, whole
   */
  public static void write(Path target, byte[] content, Configuration hadoop) throws IOException {
    FileSystem files = target.getFileSystem(hadoop);
    if (!renames(files)) {
      put(files, target, content);
      return;
    }
    Path temporary =
        Locations.child(
            target.getParent(), ".%s.%s.tmp".formatted(target.getName(), UUID.randomUUID()));
    try {
      try (FSDataOutputStream out = files.create(temporary, true)) {
        out.write(content);
        out.hsync();
      }
      replace(files, temporary, target);
    } finally {
      files.delete(temporary, false);
    }
  }

  private static void put(FileSystem files, Path target, byte[] content) throws IOException {
    FSDataOutputStream out = files.create(target, true);
    try {
      out.write(content);
    } catch (IOException | RuntimeException e) {
      // Closing would make an object of what was written.
      if (out.getWrappedStream() instanceof Abortable upload) {
        upload.abort();
      }
      throw e;
    }
    out.close();
  }

  private static void replace(FileSystem files, Path temporary, Path target) throws IOException {
    boolean renamed = true;
    if ("file".equals(files.getUri().getScheme())) {
      renamed = files.rename(temporary, target);
    } else {
      try {
        FileContext.getFileContext(target.toUri(), files.getConf())
            .rename(temporary, target, Rename.OVERWRITE);
      } catch (UnsupportedFileSystemException e) {
        files.delete(target, false);
        renamed = files.rename(temporary, target);
      }
    }
    if (!renamed) {
      throw cannotRename(temporary, target);
    }
  }

  /**
   * Gives a file that is complete its name, in the place of one that another attempt has left
   * there; where a rename is no single step, one of the same length is taken for the same.
   *
   * @return how many bytes it has
   */
  public static long commit(FileSystem files, Path temporary, Path target) throws IOException {
    long bytes = length(files, temporary);
    if (renames(files)) {
      replace(files, temporary, target);
      return bytes;
    }
    long found = length(files, target);
    if (found >= 0 && found != bytes) {
      files.delete(target, false); // A copy that was cut.
    }
    if (found != bytes && !files.rename(temporary, target) && length(files, target) != bytes) {
      throw cannotRename(temporary, target);
    }
    files.delete(temporary, false);
    return bytes;
  }

  /** In bytes; -1 where there is no such file. */
  private static long length(FileSystem files, Path file) throws IOException {
    try {
      return files.getFileStatus(file).getLen();
    } catch (FileNotFoundException e) {
      return -1;
    }
  }

  private static IOException cannotRename(Path from, Path to) {
    return new IOException("%s cannot be renamed to %s".formatted(from, to.getName()));
  }
}
