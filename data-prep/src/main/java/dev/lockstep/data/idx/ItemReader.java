package dev.lockstep.data.idx;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.Values;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.hadoop.fs.FSError;

/**
 * Reads an IDX file's items in sequence, many at a time into a buffer. It takes no more memory than
 * there is content, whatever a head says.
 */
final class ItemReader implements AutoCloseable {
  private static final int BUFFER = 1 << 18;

  private final IdxFile file;
  private final ElementType type;
  private final InputStream in;
  private final int itemLength;

  /** Whole items; the next begins at {@code position}. */
  private ByteBuffer buffer = ByteBuffer.allocate(0);

  private int position;

  /** Where what comes after the buffer begins. */
  private long offset;

  /**
   * @param first the number of the item that comes first
   * @param in uncompressed
   */
  ItemReader(IdxFile file, long first, InputStream in) {
    this.file = file;
    this.in = in;
    type = file.header().type();
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
    } catch (IOException | FSError e) {
      throw DataFiles.unreadable(file.path(), e);
    }
  }

  /** The next item as features; finite float32 values unless of unsigned bytes. */
  Values nextFeatures() {
    if (type != ElementType.UINT8) {
      return new Values.Floats(nextFloats());
    }
    int start = advance();
    return new Values.Bytes(Arrays.copyOfRange(buffer.array(), start, position));
  }

  /**
   * The next item as float32, rounded to nearest.
   *
   * @throws DataError if a value is not finite, or beyond float32
   */
  float[] nextFloats() {
    int start = advance();
    float[] values = new float[itemLength / type.bytes()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) type.number(buffer, start + i * type.bytes());
      if (!Float.isFinite(values[i])) {
        throw new DataError(
            "%s: offset %d: expected a finite float32 value, found %s"
                .formatted(
                    file.name(),
                    itemOffset() + (long) i * type.bytes(),
                    type.number(buffer, start + i * type.bytes())));
      }
    }
    return values;
  }

  /** The first number of the next item. */
  double nextNumber() {
    int start = advance(); // which may replace the buffer
    return type.number(buffer, start);
  }

  /** Where the item that came last begins. */
  long itemOffset() {
    return offset - buffer.capacity() + position - itemLength;
  }

  /** Where the next item begins in the buffer. */
  private int advance() {
    if (position == buffer.capacity()) {
      fill();
    }
    int start = position;
    position += itemLength;
    return start;
  }

  private void fill() {
    long left = file.header().end() - offset;
    int wanted = (int) Math.min(left, Math.max(1, BUFFER / itemLength) * (long) itemLength);
    try {
      byte[] content = read(wanted);
      if (content.length < wanted) {
        throw file.truncated(offset + content.length);
      }
      buffer = ByteBuffer.wrap(content);
      position = 0;
      offset += wanted;
    } catch (IOException | FSError e) {
      throw DataFiles.unreadable(file.path(), e);
    }
  }

  private byte[] read(int wanted) throws IOException {
    if (file.gzipped() && wanted > BUFFER) {
      return in.readNBytes(wanted);
    }
    byte[] content = wanted == buffer.capacity() ? buffer.array() : new byte[wanted];
    int found = in.readNBytes(content, 0, wanted);
    return found == wanted ? content : Arrays.copyOf(content, found);
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
    } catch (IOException | FSError e) {
      throw DataFiles.unreadable(file.path(), e);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException | FSError e) {
      throw DataFiles.unreadable(file.path(), e);
    }
  }
}
