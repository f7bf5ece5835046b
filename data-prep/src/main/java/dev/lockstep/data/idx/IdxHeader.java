package dev.lockstep.data.idx;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FSError;

/**
 * The head of an IDX file: two zero bytes, an element type, a number of dimensions, and that many
 * big-endian int32 sizes (the format is described on the MNIST page of LeCun, Cortes and Burges).
 *
 * @param type of all values
 * @param sizes one for each dimension, the first being the number of items
 */
record IdxHeader(ElementType type, List<Integer> sizes) implements Serializable {
  private static final int MAX_DIMENSIONS = 4;
  private static final int MAGIC_LENGTH = 4;
  private static final int MAX_ITEM = 1 << 30;

  /**
   * Reads the head of a file.
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
              .formatted(file),
          e);
    }
    int code = magic >>> 8 & 0xff;
    int dimensions = magic & 0xff;
    if (magic >>> 16 != 0) {
      throw new DataError(
          "%s: offset 0: expected an IDX magic number 0x0000ttdd, found 0x%08x"
              .formatted(file, magic));
    }
    ElementType type =
        ElementType.of(code)
            .orElseThrow(
                () ->
                    new DataError(
                        "%s: offset 2: expected an element type (%s), found 0x%02x"
                            .formatted(file, ElementType.codes(), code)));
    if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
      throw new DataError(
          "%s: offset 3: expected 1 to %d dimensions, found %d"
              .formatted(file, MAX_DIMENSIONS, dimensions));
    }
    IdxHeader header =
        new IdxHeader(
            type, IntStream.range(0, dimensions).mapToObj(i -> size(file, in, i)).toList());
    header.checkItemLength(file);
    return header;
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
              .formatted(file, offset, dimension + 1),
          e);
    } catch (IOException | FSError e) {
      throw DataFiles.unreadable(file, e);
    }
  }

  private void checkItemLength(String file) {
    long length = type.bytes();
    for (int size : itemShape()) {
      length *= size;
      if (length > MAX_ITEM) {
        throw new DataError(
            "%s: offset %d: expected items of at most %d bytes, found sizes %s of %d-byte values"
                .formatted(file, MAGIC_LENGTH, MAX_ITEM, sizes, type.bytes()));
      }
    }
  }

  /** How many items. */
  int items() {
    return sizes.get(0);
  }

  /** The shape of one item; empty for single values. */
  List<Integer> itemShape() {
    return sizes.subList(1, sizes.size());
  }

  /** The shape of one item as features: as {@link #itemShape}, but [1] for single values. */
  List<Integer> featureShape() {
    return itemShape().isEmpty() ? List.of(1) : itemShape();
  }

  /** How many bytes one item has. */
  int itemLength() {
    return itemShape().stream().reduce(type.bytes(), Math::multiplyExact);
  }

  /** Where an item begins. */
  long offset(long item) {
    return MAGIC_LENGTH + (long) sizes.size() * Integer.BYTES + item * itemLength();
  }

  /** Where a file of these sizes ends. */
  long end() {
    return offset(items());
  }
}
