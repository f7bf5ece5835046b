package dev.lockstep.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * An IDX file of unsigned bytes on any Hadoop file system, raw or gzipped. Only its head is read
 * until items are asked for.
 *
 * @param path its location
 * @param header what its head says
 * @param gzipped whether its content is compressed, by its first two bytes
 */
record IdxFile(String path, IdxHeader header, boolean gzipped) implements Serializable {
  private static final int GZIP_MAGIC = 0x1f8b;
  private static final int BUFFER = 1 << 16;

  /**
   * Reads the head, and checks the length of a raw file against it.
   *
   * @throws DataError if there is no such file, or it is not an IDX file, or its length is wrong
   */
  static IdxFile open(String path, Configuration hadoop) {
    try {
      Path location = new Path(path);
      FileSystem files = location.getFileSystem(hadoop);
      FileStatus status = files.getFileStatus(location);
      if (status.isDirectory()) {
        throw new DataError("%s: expected an IDX file, found a directory".formatted(name(path)));
      }
      boolean gzipped = isGzipped(files, location, status.getLen());
      try (DataInputStream in = content(files.open(location), gzipped)) {
        IdxFile file = new IdxFile(path, IdxHeader.read(name(path), in), gzipped);
        if (!gzipped) {
          file.checkLength(status.getLen());
        }
        return file;
      }
    } catch (FileNotFoundException e) {
      throw new DataError("%s: no such file".formatted(name(path)), e);
    } catch (IOException e) {
      throw unreadable(name(path), e);
    }
  }

  private static boolean isGzipped(FileSystem files, Path location, long length)
      throws IOException {
    if (length < Short.BYTES) {
      return false;
    }
    try (FSDataInputStream in = files.open(location)) {
      return in.readUnsignedShort() == GZIP_MAGIC;
    }
  }

  private static DataInputStream content(FSDataInputStream in, boolean gzipped) throws IOException {
    return new DataInputStream(
        new BufferedInputStream(gzipped ? new GZIPInputStream(in, BUFFER) : in, BUFFER));
  }

  private void checkLength(long found) {
    long expected = header.end();
    if (found < expected) {
      throw truncated(found);
    }
    if (found > expected) {
      throw new DataError(
          "%s: offset %d: expected the end of the file after %d items of %d bytes, found %d more bytes"
              .formatted(name(), expected, header.items(), header.itemLength(), found - expected));
    }
  }

  private DataError truncated(long found) {
    return new DataError(
        "%s: offset %d: expected %d bytes for %d items of %d bytes, found the end of the file"
            .formatted(name(), found, header.end(), header.items(), header.itemLength()));
  }

  private static DataError unreadable(String name, IOException e) {
    return new DataError("%s: cannot be read: %s".formatted(name, e.getMessage()), e);
  }

  /** The path as messages show it: a local file without its scheme. */
  String name() {
    return name(path);
  }

  private static String name(String path) {
    return path.replaceFirst("^file:(?://(?=/))?", "");
  }

  /** Items from a number on, one after the other. */
  Items items(long from, Configuration hadoop) {
    try {
      Path location = new Path(path);
      FSDataInputStream file = location.getFileSystem(hadoop).open(location);
      long offset = header.bodyOffset() + from * header.itemLength();
      if (!gzipped) {
        file.seek(offset);
      }
      DataInputStream in = content(file, gzipped);
      Items items = new Items(in, offset);
      if (gzipped) {
        items.skip(offset);
      }
      return items;
    } catch (IOException e) {
      throw unreadable(name(), e);
    }
  }

  /** Reads items in sequence. */
  final class Items implements AutoCloseable {
    private final DataInputStream in;
    private long offset;

    private Items(DataInputStream in, long offset) {
      this.in = in;
      this.offset = offset;
    }

    private void skip(long bytes) throws IOException {
      try {
        in.skipNBytes(bytes);
      } catch (EOFException e) {
        throw truncated(offset);
      } catch (ZipException e) {
        throw new DataError("%s: corrupt gzip data: %s".formatted(name(), e.getMessage()), e);
      }
    }

    /** The next item's bytes. */
    byte[] next() {
      byte[] item = new byte[Math.toIntExact(header.itemLength())];
      try {
        in.readFully(item);
        offset += item.length;
        return item;
      } catch (EOFException e) {
        throw truncated(offset);
      } catch (ZipException e) {
        throw new DataError("%s: corrupt gzip data: %s".formatted(name(), e.getMessage()), e);
      } catch (IOException e) {
        throw unreadable(name(), e);
      }
    }

    /**
     * Makes sure that nothing comes after the last item.
     *
     * @throws DataError if there is more, or the gzip trailer's checksum is wrong
     */
    void expectEnd() {
      try {
        if (in.read() >= 0) {
          throw new DataError(
              "%s: offset %d: expected the end of the data after %d items of %d bytes, found more"
                  .formatted(name(), offset, header.items(), header.itemLength()));
        }
      } catch (ZipException e) {
        throw new DataError("%s: corrupt gzip data: %s".formatted(name(), e.getMessage()), e);
      } catch (IOException e) {
        throw unreadable(name(), e);
      }
    }

    @Override
    public void close() {
      try {
        in.close();
      } catch (IOException e) {
        throw unreadable(name(), e);
      }
    }
  }
}
