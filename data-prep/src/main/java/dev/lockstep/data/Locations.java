package dev.lockstep.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What users name, as Hadoop's paths: the one way from a text to a file. Hadoop alone takes a colon
 * in a name for the end of a scheme, and the folder of a plain name for one without a name.
 */
public final class Locations {
  /** Of more than a letter, so that no drive of Windows is one. */
  private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]+:/");

  private static final Pattern GLOB = Pattern.compile("[*?\\[\\]{}\\\\]");

  private Locations() {}

  /**
   * A path with its scheme, from the root on; what {@code new Path} reads again from its text.
   *
   * @param given a local path or one of the default file system, relative or not, whatever signs
   *     its names have; or a URI, which begins with a scheme, a colon and a slash
   * @throws DataError if it is empty, or of a file system that there is not
   */
  public static Path of(String given, Configuration hadoop) {
    if (given.isEmpty()) {
      throw new DataError("expected the name of a file or folder, found none");
    }
    try {
      FileSystem usual = FileSystem.get(hadoop);
      boolean uri =
          SCHEME.matcher(given).find()
              && !("file".equals(usual.getUri().getScheme()) && isLocal(given));
      Path path = uri ? new Path(given) : new Path(null, null, given);
      return (uri ? FileSystems.of(path, hadoop) : usual).makeQualified(path);
    } catch (IOException | IllegalArgumentException e) {
      throw DataFiles.unreadable(given, e);
    }
  }

  private static boolean isLocal(String given) {
    try {
      return Files.exists(java.nio.file.Path.of(given));
    } catch (InvalidPathException e) {
      return false; // A name that this machine cannot have; another file system may.
    }
  }

  /** Something in a folder, whatever its name is, or further below it. */
  public static Path child(Path folder, String name) {
    return new Path(folder, new Path(null, null, name));
  }

  /**
   * Opens a file. Hadoop looks for the checksum of a local one by a name that it cannot form where
   * there is a colon: such are read without.
   */
  public static FSDataInputStream open(Path path, Configuration hadoop) throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    boolean unchecked = files instanceof ChecksumFileSystem && path.getName().indexOf(':') >= 0;
    return (unchecked ? ((ChecksumFileSystem) files).getRawFileSystem() : files).open(path);
  }

  /** A path as Spark and Hadoop take patterns: one that matches nothing else than this path. */
  public static String literal(Path path) {
    return GLOB.matcher(path.toString()).replaceAll("\\\\$0").replace(',', '?');
  }
}
