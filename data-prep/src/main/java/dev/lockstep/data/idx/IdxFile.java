package dev.lockstep.data.idx;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.Locations;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * An IDX file on any Hadoop file system, raw or gzipped. Only its head is read until items are
 * asked for.
 *
 * @param path its location
 * @param header what its head says
 * @param gzipped whether its content is compressed, by its first two bytes
 */
record IdxFile(String path, IdxHeader header, boolean gzipped) implements Serializable {
  private static final int BUFFER = 1 << 16;

  /**
   * Reads the head, and checks the length of a raw file against it.
   *
   * @throws DataError if there is no such file, or it is not an IDX file, or its length is wrong
   */
  static IdxFile open(String path, Configuration hadoop) {
    String name = DataFiles.name(path);
    try {
      Path location = Locations.of(path, hadoop);
      FileSystem files = location.getFileSystem(hadoop);
      FileStatus status = files.getFileStatus(location);
      if (status.isDirectory()) {
        throw new DataError("%s: expected an IDX file, found a directory".formatted(name));
      }
      try (InputStream in = new BufferedInputStream(Locations.open(location, hadoop), BUFFER)) {
        boolean gzipped = DataFiles.isGzipped(in);
        DataInputStream content = new DataInputStream(gzipped ? new GZIPInputStream(in) : in);
        IdxFile file = new IdxFile(path, IdxHeader.read(name, content), gzipped);
        if (!gzipped) {
          file.checkLength(status.getLen());
        }
        return file;
      }
    } catch (IOException | FSError e) {
      throw DataFiles.unreadable(path, e);
    }
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

  /** What to throw where the content ends too early. */
  DataError truncated(long found) {
    return new DataError(
        "%s: offset %d: expected %d bytes for %d items of %d bytes, found the end of the file"
            .formatted(name(), found, header.end(), header.items(), header.itemLength()));
  }

  /** The path as messages show it. */
  String name() {
    return DataFiles.name(path);
  }

  /** Items from a number on, one after the other. */
  ItemReader items(long from, Configuration hadoop) {
    try {
      Path location = Locations.of(path, hadoop);
      FSDataInputStream in = Locations.open(location, hadoop);
      if (gzipped) {
        ItemReader items = new ItemReader(this, from, new GZIPInputStream(in, BUFFER));
        items.skip(header.offset(from));
        return items;
      }
      in.seek(header.offset(from));
      return new ItemReader(this, from, in);
    } catch (IOException | FSError e) {
      throw DataFiles.unreadable(path, e);
    }
  }
}
