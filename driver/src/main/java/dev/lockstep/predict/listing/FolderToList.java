package dev.lockstep.predict.listing;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.FileSystems;
import dev.lockstep.data.image.PictureNames;
import dev.lockstep.predict.PictureFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;

/**
 * A folder that is still to be looked into.
 *
 * @param pattern what is left of a glob, one element a level; empty where all that is below counts
 */
record FolderToList(String path, List<String> pattern) implements Serializable {

  /**
   * A thing found in a folder; one of the two is null.
   *
   * @param folder to be looked into
   */
  record Found(PictureFile picture, FolderToList folder) implements Serializable {}

  /** What a folder has, and how many files are no pictures by their names. */
  record FewThings(List<Found> found, long passedOver) {}

  /** What is there; empty if that is more than the given number of things. */
  Optional<FewThings> few(Configuration hadoop, int most) {
    List<Closeable> opened = new ArrayList<>();
    AtomicLong passedOver = new AtomicLong();
    try {
      Iterator<Found> things = look(hadoop, opened::add, passedOver::incrementAndGet);
      List<Found> found = new ArrayList<>();
      while (things.hasNext()) {
        found.add(things.next());
        if (found.size() + passedOver.get() > most) {
          return Optional.empty();
        }
      }
      return Optional.of(new FewThings(found, passedOver.get()));
    } finally {
      opened.forEach(FolderToList::close);
    }
  }

  /**
   * What is there, one by one.
   *
   * @param opened receives what is to be closed in the end
   * @param passedOver is called for each file that is no picture by its name
   */
  Iterator<Found> look(Configuration hadoop, Consumer<Closeable> opened, Runnable passedOver) {
    Iterable<FolderEntry> entries = entries(FolderEntry.in(path, hadoop, opened));
    GlobFilter filter = pattern.isEmpty() ? null : filter(pattern.get(0));
    return StreamSupport.stream(entries.spliterator(), false)
        .filter(
            entry ->
                filter == null ? isShown(entry, passedOver) : filter.accept(new Path(entry.path())))
        .flatMap(entry -> found(entry, passedOver))
        .iterator();
  }

  /**
   * The names of some of the folders there.
   *
   * @param most how many entries are looked at
   */
  List<String> folders(Configuration hadoop, int most) {
    List<Closeable> opened = new ArrayList<>();
    try {
      return StreamSupport.stream(
              entries(FolderEntry.in(path, hadoop, opened::add)).spliterator(), false)
          .limit(most)
          .filter(entry -> entry.kind() != FolderEntry.Kind.FILE)
          .map(FolderEntry::name)
          .toList();
    } finally {
      opened.forEach(FolderToList::close);
    }
  }

  private static void close(Closeable listing) {
    try {
      listing.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GlobFilter filter(String element) {
    try {
      return new GlobFilter(element);
    } catch (IOException e) {
      throw new DataError("%s: is no glob: %s".formatted(element, FileSystems.message(e)), e);
    }
  }

  private static Iterable<FolderEntry> entries(Iterator<FolderEntry> iterator) {
    return () -> iterator;
  }

  /** What systems leave in folders counts as passed over, hidden files do not. */
  private static boolean isShown(FolderEntry entry, Runnable passedOver) {
    if (DataFiles.isLeftover(entry.name())) {
      passedOver.run();
    }
    return DataFiles.isShown(entry.name());
  }

  private Stream<Found> found(FolderEntry entry, Runnable passedOver) {
    List<String> rest = pattern.isEmpty() ? pattern : pattern.subList(1, pattern.size());
    if (entry.kind() != FolderEntry.Kind.FILE) {
      boolean named = !pattern.isEmpty();
      return entry.kind() == FolderEntry.Kind.FOLDER || named
          ? Stream.of(new Found(null, new FolderToList(entry.path(), List.copyOf(rest))))
          : Stream.empty();
    }
    if (!rest.isEmpty()) {
      return Stream.empty();
    }
    if (!PictureNames.isPicture(entry.name())) {
      passedOver.run();
      return Stream.empty();
    }
    return Stream.of(
        new Found(new PictureFile(entry.path(), entry.length(), PictureFile.UNLABELLED), null));
  }
}
