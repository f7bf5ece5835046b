package dev.lockstep.data.idx;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.Values;
import java.io.DataInputStream;
import java.io.IOException;

/** Reads an IDX file's items in sequence. */
final class ItemReader implements AutoCloseable {
  private final IdxFile file;
  private final DataInputStream in;
  private final int itemLength;
  private long offset;

  /**
   * @param first the number of the item that comes first
   * @param in uncompressed
   */
  ItemReader(IdxFile file, long first, DataInputStream in) {
    this.file = file;
    this.in = in;
    itemLength = file.header().itemLength();
    offset = file.header().offset(first);
  }

  /** Passes over what a compressed file has before the first item. */
  void skip(long bytes) {
    try {
      long done = 0;
      while (done < bytes) {
        long skipped = in.skip(bytes - done);
        if (skipped == 0 && in.read() < 0) {
          throw file.truncated(done);
        }
        done += Math.max(1, skipped);
      }
    } catch (IOException e) {
      throw DataFiles.unreadable(file.path(), e);
    }
  }

  /**
   * The next item as float32.
   *
   * @throws DataError if a value is not finite, or beyond float32
   */
  float[] nextFloats() {
    return finite(file.header().type().floats(next()));
  }

  /** The next item as features; as {@link #nextFloats} unless of unsigned bytes. */
  Values nextFeatures() {
    return file.header().type() == ElementType.UINT8
        ? new Values.Bytes(next())
        : new Values.Floats(nextFloats());
  }

  private float[] finite(float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        int bytes = file.header().type().bytes();
        throw new DataError(
            "%s: offset %d: expected a finite float32 value, found %s"
                .formatted(file.name(), offset - itemLength + (long) i * bytes, values[i]));
      }
    }
    return values;
  }

  /** Where the next item begins. */
  long offset() {
    return offset;
  }

  /** The next item's bytes; takes no more memory than there is content. */
  byte[] next() {
    try {
      byte[] item = in.readNBytes(itemLength);
      offset += item.length;
      if (item.length < itemLength) {
        throw file.truncated(offset);
      }
      return item;
    } catch (IOException e) {
      throw DataFiles.unreadable(file.path(), e);
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
                .formatted(file.name(), offset, file.header().items(), itemLength));
      }
    } catch (IOException e) {
      throw DataFiles.unreadable(file.path(), e);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw DataFiles.unreadable(file.path(), e);
    }
  }
}
