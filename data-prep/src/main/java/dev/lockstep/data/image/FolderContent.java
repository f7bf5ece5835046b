package dev.lockstep.data.image;

import dev.lockstep.data.DataFiles;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * All that lies in a folder and in the folders below it, but for names that begin with a dot or an
 * underscore. Links to folders are not followed, as they may lead round in a circle.
 */
final class FolderContent {
  private final FileSystem system;
  private final Path root;
  private final List<Entry> entries = new ArrayList<>();
  private final List<String> leftovers = new ArrayList<>();

  private FolderContent(FileSystem system, Path root) {
    this.system = system;
    this.root = root;
  }

  /**
   * Something in a folder.
   *
   * @param name its path within the folder
   * @param fault why it cannot be a picture; null if it may be one
   */
  record Entry(String name, long length, String fault) implements Serializable {}

  /**
   * What is in a folder.
   *
   * @param entries by name
   * @param leftovers paths within the folder of what systems have left there
   */
  record Listing(List<Entry> entries, List<String> leftovers) implements Serializable {}

  /** Lists a folder. */
  static Listing list(String folder, Configuration hadoop) throws IOException {
    Path root = new Path(folder);
    FolderContent content = new FolderContent(root.getFileSystem(hadoop), root);
    content.collect(root, "");
    content.entries.sort(Comparator.comparing(Entry::name));
    return new Listing(content.entries, content.leftovers);
  }

  private void collect(Path folder, String prefix) throws IOException {
    FileStatus[] children = system.listStatus(folder);
    for (FileStatus child : children) {
      String name = prefix + child.getPath().getName();
      if (!DataFiles.isShown(child.getPath())) {
        if (DataFiles.isLeftover(child.getPath().getName())) {
          leftovers.add(name);
        }
        continue;
      }
      if (child.isFile()) {
        String fault = PictureNames.isPicture(name) ? null : "is not named as a picture";
        entries.add(new Entry(name, child.getLen(), fault));
      } else if (DataFiles.isLink(child.getPath())) {
        entries.add(new Entry(name, 0, "is a link to a folder, which is not followed"));
      } else {
        collect(child.getPath(), name + Path.SEPARATOR);
      }
    }
    if (isLocal()) {
      addMissing(folder, prefix, children);
    }
  }

  /** Hadoop leaves out names that a folder has and the system then does not find. */
  private void addMissing(Path folder, String prefix, FileStatus[] found) {
    Set<String> names =
        Stream.of(found).map(status -> status.getPath().getName()).collect(Collectors.toSet());
    String[] listed = new File(folder.toUri().getPath()).list();
    Stream.of(listed == null ? new String[0] : listed)
        .filter(name -> DataFiles.isShown(new Path(null, null, name)) && !names.contains(name))
        .forEach(
            name ->
                entries.add(
                    new Entry(
                        prefix + name,
                        0,
                        "cannot be found: a broken link, or a name that is not UTF-8")));
  }

  private boolean isLocal() {
    return "file".equals(root.toUri().getScheme()) || "file".equals(system.getScheme());
  }
}
