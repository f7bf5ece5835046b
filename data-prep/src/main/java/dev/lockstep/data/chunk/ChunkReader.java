package dev.lockstep.data.chunk;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.LocalFiles;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Reads chunks, with one file open at a time. */
final class ChunkReader implements AutoCloseable {
  /** At once, so that Java needs no more memory of its own beside. */
  private static final int READ = 1 << 20;

  private final ChunkTable table;
  private final int record;
  private final Configuration hadoop = LocalFiles.in(SparkHadoopUtil.get().conf());
  private int file = -1;
  private FSDataInputStream in;

  ChunkReader(ChunkTable table, RecordLayout layout) {
    this.table = table;
    record = layout.bytes();
  }

  /**
   * Reads a chunk.
   *
   * @throws DataError if it cannot be read, or its checksum is wrong
   */
  void read(int chunk, Chunk into) {
    int length = table.rows()[chunk] * record;
    byte[] trailer = new byte[ChunkWriter.TRAILER];
    try {
      open(table.file()[chunk]);
      long from = table.offset()[chunk];
      for (int at = 0; at < length; at += READ) {
        in.readFully(from + at, into.bytes(), at, Math.min(READ, length - at));
      }
      in.readFully(from + length, trailer);
    } catch (EOFException e) {
      throw damaged(chunk, "it is cut off", e);
    } catch (IOException | FSError e) {
      throw DataFiles.unreadable(table.files().get(table.file()[chunk]), e);
    }
    CRC32C checksum = new CRC32C();
    checksum.update(into.bytes(), 0, length);
    if ((int) checksum.getValue() != RecordLayout.buffer(trailer).getInt(Long.BYTES)) {
      throw damaged(chunk, "its checksum is wrong", null);
    }
  }

  /** The sum of the hashes of a chunk's ids, as it is stored. */
  long idHash(int chunk) {
    byte[] trailer = new byte[ChunkWriter.TRAILER];
    try {
      open(table.file()[chunk]);
      in.readFully(table.offset()[chunk] + (long) table.rows()[chunk] * record, trailer);
    } catch (IOException | FSError e) {
      throw DataFiles.unreadable(table.files().get(table.file()[chunk]), e);
    }
    return RecordLayout.buffer(trailer).getLong();
  }

  private void open(int wanted) throws IOException {
    if (wanted != file) {
      close();
      Path path = new Path(table.files().get(wanted));
      in = path.getFileSystem(hadoop).open(path);
      file = wanted;
    }
  }

  private DataError damaged(int chunk, String how, Throwable cause) {
    return new DataError(
        "%s: offset %d: damaged, %s: see whether the disk is sound, and write the file again"
            .formatted(
                DataFiles.name(table.files().get(table.file()[chunk])), table.offset()[chunk], how),
        cause);
  }

  @Override
  public void close() throws IOException {
    if (in != null) {
      in.close();
      in = null;
      file = -1;
    }
  }
}
