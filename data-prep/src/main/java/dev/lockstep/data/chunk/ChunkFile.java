package dev.lockstep.data.chunk;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.Locations;
import dev.lockstep.data.Schema;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;

/**
 * A file of chunks, as its head and its length tell.
 *
 * @param path a URI
 * @param offset of the first chunk
 * @param rows examples of a whole chunk
 * @param examples in all
 */
record ChunkFile(String path, Schema schema, long offset, int rows, long examples)
    implements Serializable {

  /**
   * Reads the head.
   *
   * @throws DataError if it is malformed, or the file does not end with a chunk
   */
  static ChunkFile open(String path, Configuration hadoop) {
    Path file = new Path(path);
    try (InputStream in = new BufferedInputStream(Locations.open(file, hadoop))) {
      ChunkFileHead head = ChunkFileHead.read(in);
      long offset = head.toBytes().length;
      int record = RecordLayout.of(head.schema()).bytes();
      long chunk = (long) head.rows() * record + ChunkWriter.TRAILER;
      long length = file.getFileSystem(hadoop).getFileStatus(file).getLen() - offset;
      long rest = length % chunk == 0 ? 0 : length % chunk - ChunkWriter.TRAILER;
      if (rest < 0 || rest % record != 0) {
        throw new DataError(
            "%s: offset %d: damaged, it is cut off: write the file again"
                .formatted(DataFiles.name(path), offset + length));
      }
      return new ChunkFile(
          path, head.schema(), offset, head.rows(), length / chunk * head.rows() + rest / record);
    } catch (EOFException e) {
      throw new DataError(
          "%s: damaged, its head is cut off: write the file again".formatted(DataFiles.name(path)),
          e);
    } catch (IOException | FSError e) {
      throw DataFiles.unreadable(path, e);
    }
  }

  long chunks() {
    return (examples + rows - 1) / rows;
  }

  /** Where a chunk begins. */
  long offset(long chunk) {
    return offset + chunk * ((long) rows * RecordLayout.of(schema).bytes() + ChunkWriter.TRAILER);
  }

  /** How many examples a chunk has. */
  int rows(long chunk) {
    return (int) Math.min(rows, examples - chunk * rows);
  }
}
