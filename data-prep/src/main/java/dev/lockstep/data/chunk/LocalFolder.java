package dev.lockstep.data.chunk;

import dev.lockstep.data.DataError;
import dev.lockstep.data.FileSystems;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.util.Utils;

/**
 * This process's folder in one of Spark's local directories. It is removed when the process ends;
 * what a process has left that was killed, the next removes that looks there.
 */
final class LocalFolder {
  private static final String PREFIX = "lockstep-chunks-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,18})-.*");

  /** What is left to others. */
  private static final long RESERVE = 64L << 20;

  private final Path path;

  /** Bytes that are going to be written. */
  private long promised;

  private LocalFolder(Path path) {
    this.path = path;
  }

  /** On the disk that has most room. */
  static LocalFolder create(SparkConf conf) {
    List<Path> roots = Arrays.stream(Utils.getConfiguredLocalDirs(conf)).map(Path::of).toList();
    Path roomiest =
        roots.stream().max(Comparator.comparingLong(root -> room(root.toFile()))).orElseThrow();
    String name = "%s%d-%s".formatted(PREFIX, ProcessHandle.current().pid(), UUID.randomUUID());
    LocalFolder folder = new LocalFolder(roomiest.resolve(name));
    try {
      Files.createDirectories(roomiest);
      removeLeftovers(roomiest);
      Files.createDirectory(folder.path);
    } catch (IOException e) {
      throw folder.unwritable(e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder.path)));
    return folder;
  }

  private static long room(File root) {
    File existing = root;
    while (existing != null && !existing.exists()) {
      existing = existing.getParentFile();
    }
    return existing == null ? 0 : existing.getUsableSpace();
  }

  private static void removeLeftovers(Path root) throws IOException {
    try (Stream<Path> children = Files.list(root)) {
      for (Path child : children.toList()) {
        Matcher name = NAME.matcher(child.getFileName().toString());
        if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
          remove(child);
        }
      }
    }
  }

  private static void remove(Path folder) {
    File[] files = folder.toFile().listFiles();
    if (files != null) {
      Arrays.stream(files).forEach(File::delete);
    }
    folder.toFile().delete();
  }

  /** Whether nobody has removed it. */
  boolean exists() {
    return path.toFile().isDirectory();
  }

  /** A name that no file has. */
  Path newFile() {
    return path.resolve(UUID.randomUUID().toString());
  }

  /**
   * Makes sure that so much can be written, beside what has been promised to others.
   *
   * @throws DataError if there is not so much room
   */
  synchronized void promise(long bytes) {
    expectRoom(promised + bytes);
    promised += bytes;
  }

  /** So much of what was promised has been written, or will not be. */
  synchronized void keep(long bytes) {
    promised -= bytes;
  }

  /**
   * Makes sure that nobody else has taken the room that was promised.
   *
   * @throws DataError if there is not enough for what comes next
   */
  void expectRoom(long bytes) {
    long room = path.toFile().getUsableSpace();
    if (room < bytes + RESERVE) {
      throw new DataError(
          "%s: expected room for %,d MB of examples that do not fit in memory, found %,d MB: set spark.local.dir to a larger disk, or keep more in memory with --data-memory"
              .formatted(path.getParent(), bytes + RESERVE >> 20, room >> 20));
    }
  }

  DataError unwritable(IOException e) {
    return new DataError(
        "%s: examples that do not fit in memory cannot be written: %s: set spark.local.dir to a disk with room"
            .formatted(path.getParent(), FileSystems.message(e)),
        e);
  }
}
