package dev.lockstep.data.prepare;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.FileSystems;
import dev.lockstep.data.Locations;
import dev.lockstep.data.WholeFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder that appears only when all is in it. Where a folder is renamed in one step, it is until
 * then a hidden one beside, named after the process that fills it. In an object store it has its
 * name from the beginning, and in it a mark that it is not whole, which readers heed. What a killed
 * process has left, the next one removes.
 */
final class Staging implements AutoCloseable {
  private static final String UNFINISHED = "_unfinished";

  private final Path target;
  private final Path folder;
  private final FileSystem files;
  private final Thread onExit = new Thread(this::delete);
  private boolean committed;

  /**
   * @throws DataError if the target is a file, or a folder with something in it
   */
  Staging(Path target, Configuration hadoop) throws IOException {
    files = target.getFileSystem(hadoop);
    this.target = files.makeQualified(target);
    if (WholeFiles.renames(files)) {
      expectFree();
      folder = beside();
    } else {
      folder = this.target;
      if (isUnfinished(folder, hadoop)) {
        files.delete(folder, true);
      }
      expectFree();
      files.create(new Path(folder, UNFINISHED), true).close();
    }
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  private Path beside() throws IOException {
    String host = InetAddress.getLocalHost().getHostName();
    String prefix = ".%s.preparing-%s-".formatted(target.getName(), host);
    Path parent = target.getParent();
    files.mkdirs(parent);
    removeLeftovers(parent, Pattern.compile(Pattern.quote(prefix) + "(\\d{1,18})"));
    Path beside = Locations.child(parent, prefix + ProcessHandle.current().pid());
    files.delete(beside, true);
    files.mkdirs(beside);
    return beside;
  }

  /** Whether a folder is one that is not whole. */
  static boolean isUnfinished(Path folder, Configuration hadoop) {
    try {
      FileSystem files = folder.getFileSystem(hadoop);
      return !WholeFiles.renames(files) && files.exists(new Path(folder, UNFINISHED));
    } catch (IOException e) {
      throw DataFiles.unreadable(folder.toString(), e);
    }
  }

  private void expectFree() throws IOException {
    if (files.exists(target)
        && (files.getFileStatus(target).isFile() || files.listStatus(target).length > 0)) {
      throw new DataError(
          "%s: is there already, and is no prepared data set: give another folder"
              .formatted(DataFiles.name(target.toString())));
    }
  }

  private void removeLeftovers(Path parent, Pattern name) throws IOException {
    for (FileStatus child : files.listStatus(parent)) {
      Matcher matcher = name.matcher(child.getPath().getName());
      if (matcher.matches() && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty()) {
        files.delete(child.getPath(), true);
      }
    }
  }

  /** Where to write. */
  Path folder() {
    return folder;
  }

  /** Makes the folder appear under its name. */
  void commit() throws IOException {
    if (folder.equals(target)) {
      files.delete(new Path(folder, UNFINISHED), false);
    } else {
      expectFree();
      files.delete(target, false); // An empty folder, which rename would move into.
      if (!files.rename(folder, target)) {
        throw new IOException("%s cannot be renamed to %s".formatted(folder, target));
      }
    }
    committed = true;
  }

  /** Removes what was not committed. */
  @Override
  public void close() {
    if (!committed) {
      delete();
    }
    Runtime.getRuntime().removeShutdownHook(onExit);
  }

  private void delete() {
    try {
      files.delete(folder, true);
    } catch (IOException e) {
      throw new DataError(
          "%s: cannot be removed: %s"
              .formatted(DataFiles.name(folder.toString()), FileSystems.message(e)),
          e);
    }
  }
}
