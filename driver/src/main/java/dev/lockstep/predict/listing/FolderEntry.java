package dev.lockstep.predict.listing;

import dev.lockstep.data.DataError;
import dev.lockstep.data.FileSystems;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Iterator;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Something in a folder.
 *
 * @param path with its file system's scheme
 * @param length in bytes
 */
record FolderEntry(String path, String name, long length, Kind kind) {

  /** What it is. */
  enum Kind {
    FILE,
    FOLDER,
    /** A link to a folder, which may lead round in a circle. */
    LINKED_FOLDER
  }

  /**
   * What is in a folder, one by one, since it may be millions.
   *
   * @param opened receives what is to be closed in the end
   * @throws DataError if it cannot be read, also from the iterator
   */
  static Iterator<FolderEntry> in(String folder, Configuration hadoop, Consumer<Closeable> opened) {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(folder);
    try {
      if (isLocal(path)) {
        // Hadoop's own listing of a local folder is one array of all that is in it.
        DirectoryStream<Path> stream = Files.newDirectoryStream(local(path));
        opened.accept(stream);
        Iterator<Path> children = stream.iterator();
        return new Children(folder, children::hasNext, () -> of(children.next()));
      }
      RemoteIterator<FileStatus> children = path.getFileSystem(hadoop).listStatusIterator(path);
      return new Children(folder, children::hasNext, () -> of(children.next()));
    } catch (IOException e) {
      throw cannotBeListed(folder, e);
    }
  }

  private static DataError cannotBeListed(String folder, Exception e) {
    return new DataError("%s: cannot be listed: %s".formatted(folder, FileSystems.message(e)), e);
  }

  static boolean isLocal(org.apache.hadoop.fs.Path path) {
    return "file".equals(path.toUri().getScheme());
  }

  static Path local(org.apache.hadoop.fs.Path path) {
    return Paths.get(path.toUri().getPath());
  }

  private static FolderEntry of(Path path) {
    String name = path.getFileName().toString();
    String uri = "file:" + path;
    try {
      BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
      if (!file.isDirectory()) {
        return new FolderEntry(uri, name, file.size(), Kind.FILE);
      }
      boolean linked = Files.isSymbolicLink(path);
      return new FolderEntry(uri, name, 0, linked ? Kind.LINKED_FOLDER : Kind.FOLDER);
    } catch (IOException e) {
      // A link to nothing, or gone by now: reading it will tell.
      return new FolderEntry(uri, name, 0, Kind.FILE);
    }
  }

  private static FolderEntry of(FileStatus status) {
    return new FolderEntry(
        status.getPath().toString(),
        status.getPath().getName(),
        status.getLen(),
        status.isDirectory() ? Kind.FOLDER : Kind.FILE);
  }

  private interface Reading<T> {
    T get() throws IOException;
  }

  private record Children(String folder, Reading<Boolean> more, Reading<FolderEntry> following)
      implements Iterator<FolderEntry> {
    @Override
    public boolean hasNext() {
      return checked(more);
    }

    @Override
    public FolderEntry next() {
      return checked(following);
    }

    private <T> T checked(Reading<T> reading) {
      try {
        return reading.get();
      } catch (IOException | DirectoryIteratorException e) {
        throw cannotBeListed(folder, e);
      }
    }
  }
}
