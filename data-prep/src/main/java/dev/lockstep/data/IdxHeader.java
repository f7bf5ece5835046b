package dev.lockstep.data;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The head of an IDX file: two zero bytes, an element type, a number of dimensions, and that many
 * big-endian int32 sizes (the format is described on the MNIST page of LeCun, Cortes and Burges).
 *
 * @param sizes one for each dimension, the first being the number of items
 */
record IdxHeader(List<Integer> sizes) implements Serializable {
  private static final int UNSIGNED_BYTE = 0x08;
  private static final int MAX_DIMENSIONS = 4;
  private static final int MAGIC_LENGTH = 4;

  /**
   * Reads the head of a file of unsigned bytes.
   *
   * @param file its name, for messages
   * @throws DataError if it is not such a file
   */
  static IdxHeader read(String file, DataInputStream in) throws IOException {
    int magic;
    try {
      magic = in.readInt();
    } catch (EOFException e) {
      throw new DataError(
          "%s: offset 0: expected a magic number of 4 bytes, found the end of the file"
              .formatted(file));
    }
    int type = magic >>> 8 & 0xff;
    int dimensions = magic & 0xff;
    if (magic >>> 16 != 0) {
      throw new DataError(
          "%s: offset 0: expected an IDX magic number 0x000008nn, found 0x%08x"
              .formatted(file, magic));
    }
    if (type != UNSIGNED_BYTE) {
      throw new DataError(
          "%s: offset 2: expected element type 0x08 (unsigned byte), found 0x%02x"
              .formatted(file, type));
    }
    if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
      throw new DataError(
          "%s: offset 3: expected 1 to %d dimensions, found %d"
              .formatted(file, MAX_DIMENSIONS, dimensions));
    }
    IdxHeader header =
        new IdxHeader(IntStream.range(0, dimensions).mapToObj(i -> size(file, in, i)).toList());
    header.checkSizes(file);
    return header;
  }

  private void checkSizes(String file) {
    try {
      Math.toIntExact(itemLength());
      Math.addExact(bodyOffset(), Math.multiplyExact(items(), itemLength()));
    } catch (ArithmeticException e) {
      throw new DataError(
          "%s: offset %d: expected items of at most %d bytes, found sizes %s"
              .formatted(file, MAGIC_LENGTH, Integer.MAX_VALUE, sizes),
          e);
    }
  }

  private static int size(String file, DataInputStream in, int dimension) {
    int offset = MAGIC_LENGTH + dimension * Integer.BYTES;
    try {
      int size = in.readInt();
      // No items is an empty data set; items of no size cannot be.
      if (size < 0 || (size == 0 && dimension > 0)) {
        throw new DataError(
            "%s: offset %d: expected a size of dimension %d from 1 to %d, found %d"
                .formatted(file, offset, dimension + 1, Integer.MAX_VALUE, size));
      }
      return size;
    } catch (EOFException e) {
      throw new DataError(
          "%s: offset %d: expected the size of dimension %d, found the end of the file"
              .formatted(file, offset, dimension + 1));
    } catch (IOException e) {
      throw new DataError("%s: offset %d: %s".formatted(file, offset, e.getMessage()), e);
    }
  }

  /** How many items. */
  int items() {
    return sizes.get(0);
  }

  /** The shape of one item; empty for labels. */
  List<Integer> itemShape() {
    return sizes.subList(1, sizes.size());
  }

  /** How many bytes one item has. */
  long itemLength() {
    return itemShape().stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  /** Where a file of these sizes ends. */
  long end() {
    return bodyOffset() + items() * itemLength();
  }

  /** Where the items begin. */
  long bodyOffset() {
    return MAGIC_LENGTH + (long) sizes.size() * Integer.BYTES;
  }
}
