package dev.lockstep.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What there is at a location, as the driver sees it before anything is read.
 *
 * @param location a path or glob, as it was given
 * @param files the files there, or in the folders there; by name, without those that begin with a
 *     dot or an underscore
 * @param folders the folders in the folders there, likewise
 * @param leftovers names of what systems have left there, and is passed over
 * @param head the first bytes of the first file, uncompressed; none if there is no file
 */
public record DataFiles(
    String location,
    List<FileStatus> files,
    List<FileStatus> folders,
    List<String> leftovers,
    byte[] head) {
  private static final Set<String> LEFTOVERS =
      Set.of(
          "desktop.ini",
          "thumbs.db",
          "ehthumbs.db",
          "$recycle.bin",
          "system volume information",
          "@eadir",
          "#recycle",
          "@recycle",
          "@recently-snapshot",
          "lost+found",
          "icon\r",
          "__macosx",
          ".ipynb_checkpoints");

  private static final String RAW = "raw";
  private static final int HEAD = 64;
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;

  /**
   * Looks at a location.
   *
   * @param location a file, a folder or a glob, on any Hadoop file system
   * @throws DataError if there is nothing, or it cannot be read
   */
  public static DataFiles list(String location, Configuration hadoop) {
    try {
      List<FileStatus> files = new ArrayList<>();
      List<FileStatus> folders = new ArrayList<>();
      List<String> leftovers = new ArrayList<>();
      Path path = Locations.of(location, hadoop);
      FileSystem system = path.getFileSystem(hadoop);
      for (FileStatus root : roots(system, path, location)) {
        if (root.isFile()) {
          files.add(root);
        } else {
          for (FileStatus child : system.listStatus(root.getPath())) {
            if (isShown(child.getPath())) {
              (child.isFile() ? files : folders).add(child);
            } else if (isLeftover(child.getPath().getName())) {
              leftovers.add(child.getPath().getName());
            }
          }
        }
      }
      if (files.isEmpty() && folders.isEmpty()) {
        throw new DataError("%s: expected data, found an empty folder".formatted(name(location)));
      }
      if (isTorchvision(files, folders)) {
        return list(new Path(path, RAW).toString(), hadoop);
      }
      Comparator<FileStatus> byName = Comparator.comparing(file -> file.getPath().toString());
      files.sort(byName);
      folders.sort(byName);
      return new DataFiles(
          location,
          files,
          folders,
          leftovers,
          files.isEmpty() ? new byte[0] : head(files.get(0), hadoop));
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(location, e);
    }
  }

  /** Torchvision keeps the files of a data set in a folder of its own below that of their name. */
  private static boolean isTorchvision(List<FileStatus> files, List<FileStatus> folders) {
    List<String> names = folders.stream().map(folder -> folder.getPath().getName()).toList();
    return files.isEmpty() && names.contains(RAW) && Set.of(RAW, "processed").containsAll(names);
  }

  /** The path itself where it exists, whatever signs its name has; else what it matches. */
  private static List<FileStatus> roots(FileSystem system, Path path, String location)
      throws IOException {
    try {
      return List.of(system.getFileStatus(path));
    } catch (FileNotFoundException e) {
      FileStatus[] matches = system.globStatus(path);
      if (matches == null || matches.length == 0) {
        throw new DataError("%s: no such file".formatted(name(location)), e);
      }
      return List.of(matches);
    }
  }

  /** Whether something is data by its name. */
  public static boolean isShown(Path path) {
    return isShown(path.getName());
  }

  /**
   * Whether something is data by its name: not one of those that systems leave in folders, and not
   * hidden, by a dot or an underscore at its beginning.
   */
  public static boolean isShown(String name) {
    return !name.startsWith(".") && !name.startsWith("_") && !isLeftover(name);
  }

  /**
   * Whether macOS, Windows, a Synology disk, or an unpacked archive has left something so named.
   */
  public static boolean isLeftover(String name) {
    return LEFTOVERS.contains(name.toLowerCase(Locale.ROOT))
        || name.equals(".DS_Store")
        || name.startsWith("._");
  }

  /** Whether there is a folder; below a file HDFS does not even look for one. */
  public static boolean isFolder(Path path, Configuration hadoop) {
    try {
      return path.getFileSystem(hadoop).getFileStatus(path).isDirectory();
    } catch (FileNotFoundException e) {
      return false;
    } catch (IOException e) {
      throw unreadable(path.toString(), e);
    }
  }

  /** Whether something has this very name; what no name can be has none. */
  public static boolean exists(String location, Configuration hadoop) {
    try {
      Path path = Locations.of(location, hadoop);
      return path.getFileSystem(hadoop).exists(path);
    } catch (IOException | DataError e) {
      return false;
    }
  }

  /** Whether a path, with its scheme, is a symbolic link on a local disk. */
  public static boolean isLink(Path path) {
    return "file".equals(path.toUri().getScheme())
        && Files.isSymbolicLink(java.nio.file.Path.of(path.toUri().getPath()));
  }

  private static byte[] head(FileStatus file, Configuration hadoop) {
    try (InputStream in = new BufferedInputStream(Locations.open(file.getPath(), hadoop))) {
      return (isGzipped(in) ? new GZIPInputStream(in) : in).readNBytes(HEAD);
    } catch (IOException | FSError e) {
      throw unreadable(file.getPath().toString(), e);
    }
  }

  /**
   * Whether a file is compressed, by its first two bytes.
   *
   * @param in at the beginning, where it remains; supports marks
   */
  public static boolean isGzipped(InputStream in) throws IOException {
    in.mark(2);
    boolean gzipped = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
    in.reset();
    return gzipped;
  }

  /** What to throw where a file cannot be read. */
  public static DataError unreadable(String path, Throwable e) {
    return new DataError("%s: %s".formatted(name(path), reason(e)), e);
  }

  /** Why a file cannot be read, to be read after its name. */
  public static String reason(Throwable e) {
    return FileSystems.known(e)
        .orElseGet(
            () -> e.getMessage() == null ? fault(e) : fault(e) + ": " + FileSystems.message(e));
  }

  private static String fault(Throwable e) {
    if (e instanceof ZipException) {
      return "corrupt gzip data";
    }
    return e instanceof EOFException ? "truncated gzip data" : "cannot be read";
  }

  /** What the first file begins with, for messages. */
  public String headText() {
    if (files.isEmpty()) {
      return "folders only";
    }
    String first = name(files.get(0).getPath().toString());
    return head.length == 0
        ? "an empty file %s".formatted(first)
        : "%s beginning with 0x%s"
            .formatted(first, HexFormat.of().formatHex(head, 0, Math.min(4, head.length)));
  }

  /** A path as messages show it: a local file without its scheme. */
  public static String name(String path) {
    return path.replaceFirst("^file:(?://(?=/))?", "");
  }
}
