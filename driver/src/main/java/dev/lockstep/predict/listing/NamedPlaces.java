package dev.lockstep.predict.listing;

import dev.lockstep.data.DataError;
import dev.lockstep.data.FileSystems;
import dev.lockstep.data.Locations;
import dev.lockstep.data.image.PictureNames;
import dev.lockstep.predict.PictureFile;
import dev.lockstep.predict.PredictError;
import dev.lockstep.predict.PredictError.Problem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobExpander;
import org.apache.hadoop.fs.Path;

/**
 * The places a user names, as far as they can be told without listing a folder.
 *
 * @param pictures files
 * @param folders with patterns, where globs were given
 */
record NamedPlaces(List<PictureFile> pictures, List<FolderToList> folders) {

  /**
   * Looks the places up.
   *
   * @param names files, folders or globs, on any Hadoop file system
   * @throws PredictError if one is nothing, or a file of another kind
   */
  static NamedPlaces of(List<String> names, Configuration hadoop) {
    NamedPlaces roots = new NamedPlaces(new ArrayList<>(), new ArrayList<>());
    for (String name : names) {
      try {
        roots.add(name, hadoop);
      } catch (FileNotFoundException e) {
        throw new PredictError(
            Problem.NO_PICTURES, name + ": expected pictures or folders of them, found nothing", e);
      } catch (IOException | IllegalArgumentException e) {
        throw new DataError("%s: cannot be listed: %s".formatted(name, FileSystems.message(e)), e);
      }
    }
    return roots;
  }

  /** The folders, and of each folder that files are in, one of them. */
  List<String> places() {
    Map<Path, String> files = new LinkedHashMap<>();
    for (PictureFile picture : pictures) {
      files.putIfAbsent(new Path(picture.path()).getParent(), picture.path());
    }
    return Stream.concat(folders.stream().map(FolderToList::path), files.values().stream())
        .toList();
  }

  private void add(String name, Configuration hadoop) throws IOException {
    Path path = Locations.of(name, hadoop);
    FileSystem files = path.getFileSystem(hadoop);
    try {
      add(name, files.getFileStatus(path), List.of());
    } catch (FileNotFoundException e) {
      List<String> expanded = GlobExpander.expand(name);
      if (expanded.equals(List.of(name)) && !isPattern(name)) {
        throw e;
      }
      for (String pattern : expanded) {
        addPattern(name, files, Locations.of(pattern, hadoop));
      }
    }
  }

  /** Splits a glob into the folder that it starts in, and its elements from there. */
  private void addPattern(String name, FileSystem files, Path glob) throws IOException {
    List<String> elements = Arrays.asList(glob.toUri().getPath().split("/"));
    int plain = 0;
    while (plain < elements.size() && !isPattern(elements.get(plain))) {
      plain++;
    }
    String start = String.join("/", elements.subList(0, plain));
    Path folder =
        new Path(
            glob.toUri().getScheme(), glob.toUri().getAuthority(), start.isEmpty() ? "/" : start);
    add(name, files.getFileStatus(folder), List.copyOf(elements.subList(plain, elements.size())));
  }

  private void add(String name, FileStatus status, List<String> pattern) {
    String path = status.getPath().toString();
    if (status.isDirectory()) {
      folders.add(new FolderToList(path, pattern));
    } else if (PictureNames.isPicture(path) && pattern.isEmpty()) {
      pictures.add(new PictureFile(path, status.getLen(), PictureFile.UNLABELLED));
    } else {
      throw new PredictError(
          Problem.UNKNOWN_KIND,
          "%s: expected a file ending in %s".formatted(name, PictureNames.extensions()));
    }
  }

  private static boolean isPattern(String element) {
    return element.matches(".*[*?\\[{\\\\].*");
  }
}
