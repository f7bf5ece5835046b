package dev.lockstep.data.idx;

import static dev.lockstep.data.Malformed.row;
import static dev.lockstep.data.Malformed.write;

import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataLocation.Task;
import dev.lockstep.data.IdxFiles;
import dev.lockstep.data.Malformed;
import dev.lockstep.data.SparkExtension;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(SparkExtension.class)
class MalformedIdxTest {
  private static final byte[] IMAGES = IdxFiles.bytes(new byte[12], 3, 2, 2);
  private static final byte[] LABELS = IdxFiles.bytes(new byte[] {2, 0, 1}, 3);
  private static final String DATA = "t-images-idx3-ubyte";
  private static final String OF = "t-labels-idx1-ubyte";
  private static final String AT = "FOLDER/" + DATA + ": ";
  private static final String AT_LABELS = "FOLDER/" + OF + ": ";
  private static final UnaryOperator<DataLocation> THREE =
      location -> location.withClassNames(List.of("a", "b", "c"));

  @TempDir private Path folder;

  /** Images that are wrong, with good labels. */
  private static Arguments images(String name, byte[] content, String message) {
    return row(name, pair(content, LABELS), DATA, THREE, AT + message);
  }

  /** Labels that are wrong, with good images. */
  private static Arguments labels(
      String name, byte[] content, UnaryOperator<DataLocation> change, String message) {
    return row(name, pair(IMAGES, content), DATA, change, AT_LABELS + message);
  }

  /** Files that do not go together. */
  private static Arguments files(
      String name, Malformed.Writer writer, String data, String message) {
    return row(name, writer, data, THREE, message);
  }

  private static Malformed.Writer pair(byte[] images, byte[] labels) {
    return folder -> {
      write(folder, DATA, images);
      write(folder, OF, labels);
    };
  }

  private static byte[] head(int type, int... sizes) {
    return values(type, new byte[0], sizes);
  }

  private static byte[] values(int type, byte[] body, int... sizes) {
    byte[] file = IdxFiles.bytes(body, sizes);
    file[2] = (byte) type;
    return file;
  }

  private static byte[] floats(float... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length);
    for (float value : values) {
      buffer.putFloat(value);
    }
    return buffer.array();
  }

  private static byte[] flipped(byte[] content, int at) {
    byte[] flipped = content.clone();
    flipped[at] ^= 0x55;
    return flipped;
  }

  static Stream<Arguments> heads() {
    return Stream.of(
        images(
            "empty file",
            new byte[0],
            "offset 0: expected a magic number of 4 bytes, found the end of the file"),
        images(
            "truncated magic number",
            new byte[] {0, 0, 8},
            "offset 0: expected a magic number of 4 bytes, found the end of the file"),
        images(
            "wrong magic number",
            new byte[] {(byte) 0x89, 'P', 'N', 'G'},
            "offset 0: expected an IDX magic number 0x0000ttdd, found 0x89504e47"),
        images(
            "little-endian magic number",
            new byte[] {3, 8, 0, 0},
            "offset 0: expected an IDX magic number 0x0000ttdd, found 0x03080000"),
        images(
            "unknown type",
            head(0x0a, 3, 2, 2),
            "offset 2: expected an element type (0x08, 0x09, 0x0b, 0x0c, 0x0d, 0x0e), found 0x0a"),
        images("no dimensions", head(8), "offset 3: expected 1 to 4 dimensions, found 0"),
        images(
            "five dimensions",
            head(8, 1, 1, 1, 1, 1),
            "offset 3: expected 1 to 4 dimensions, found 5"),
        images(
            "truncated head",
            Arrays.copyOf(IMAGES, 13),
            "offset 12: expected the size of dimension 3, found the end of the file"),
        images(
            "negative number of items",
            head(8, -3, 2, 2),
            "offset 4: expected a size of dimension 1 from 1 to 2147483647, found -3"),
        images(
            "negative size",
            head(8, 3, 2, -2),
            "offset 12: expected a size of dimension 3 from 1 to 2147483647, found -2"),
        images(
            "items of no size",
            head(8, 3, 0, 2),
            "offset 8: expected a size of dimension 2 from 1 to 2147483647, found 0"),
        images(
            "sizes that overflow 64 bits",
            head(8, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE),
            "offset 4: expected items of at most 1073741824 bytes, found sizes [2147483647,"
                + " 2147483647, 2147483647, 2147483647] of 1-byte values"),
        images(
            "items of more than a gigabyte",
            head(0x0e, 1, 1 << 14, 1 << 14),
            "offset 4: expected items of at most 1073741824 bytes, found sizes [1, 16384, 16384]"
                + " of 8-byte values"));
  }

  static Stream<Arguments> bodies() {
    return Stream.of(
        images(
            "truncated body",
            Arrays.copyOf(IMAGES, 27),
            "offset 27: expected 28 bytes for 3 items of 4 bytes, found the end of the file"),
        images(
            "no body",
            head(8, 1 << 30, 2, 2),
            "offset 16: expected 4294967312 bytes for 1073741824 items of 4 bytes, found the end"
                + " of the file"),
        images(
            "trailing bytes",
            Arrays.copyOf(IMAGES, 30),
            "offset 28: expected the end of the file after 3 items of 4 bytes, found 2 more bytes"),
        images(
            "a value that is not a number",
            values(0x0d, floats(1, 2, Float.NaN, 4, 5, 6), 3, 1, 2),
            "offset 24: expected a finite float32 value, found NaN"),
        images(
            "a value beyond float32",
            values(0x0e, ByteBuffer.allocate(24).putDouble(8, 1e300).array(), 3, 1, 1),
            "offset 24: expected a finite float32 value, found 1.0E300"),
        images(
            "truncated gzip body",
            IdxFiles.gzip(Arrays.copyOf(IMAGES, 27)),
            "offset 27: expected 28 bytes for 3 items of 4 bytes, found the end of the file"),
        images(
            "no gzip body, items of a gigabyte",
            IdxFiles.gzip(head(8, 3, 1 << 15, 1 << 15)),
            "offset 16: expected 3221225488 bytes for 3 items of 1073741824 bytes, found the end of"
                + " the file"),
        images(
            "trailing gzipped bytes",
            IdxFiles.gzip(Arrays.copyOf(IMAGES, 30)),
            "offset 28: expected the end of the data after 3 items of 4 bytes, found more"),
        images(
            "truncated gzip file", Arrays.copyOf(IdxFiles.gzip(IMAGES), 24), "truncated gzip data"),
        images("gzip magic number alone", new byte[] {0x1f, (byte) 0x8b}, "truncated gzip data"),
        images(
            "corrupt gzip data",
            flipped(IdxFiles.gzip(IMAGES), 10),
            "corrupt gzip data: invalid block type"),
        images(
            "wrong gzip checksum",
            flipped(IdxFiles.gzip(IMAGES), IdxFiles.gzip(IMAGES).length - 8),
            "corrupt gzip data: Corrupt GZIP trailer"));
  }

  static Stream<Arguments> labels() {
    UnaryOperator<DataLocation> plain = UnaryOperator.identity();
    return Stream.of(
        labels(
            "too few labels",
            IdxFiles.bytes(new byte[2], 2),
            plain,
            "offset 4: expected 3 labels, one for each item of FOLDER/" + DATA + ", found 2"),
        labels(
            "a label beyond the classes",
            IdxFiles.bytes(new byte[] {0, 1, 3}, 3),
            THREE,
            "offset 10: expected a label from 0 to 2, found 3"),
        labels(
            "a negative label",
            values(9, new byte[] {0, -1, 1}, 3),
            plain,
            "offset 9: expected a label from 0 to 99999, found -1"),
        labels(
            "labels of two dimensions",
            IdxFiles.bytes(new byte[6], 3, 2),
            plain,
            "offset 12: expected a row of one 1 and else 0, for a class of 2, found another"),
        labels(
            "targets of three dimensions",
            values(0x0d, floats(1, 2, 3), 3, 1, 1),
            plain,
            "offset 3: expected 1 or 2 dimensions, found 3"),
        labels(
            "classes that are no integers",
            values(0x0d, floats(1, 2.5f, 3), 3),
            location -> location.withTask(Task.CLASSIFICATION),
            "offset 12: expected a label from 0 to 99999, found 2.5"),
        labels(
            "an infinite target",
            values(0x0d, floats(1, Float.POSITIVE_INFINITY, 3), 3),
            plain,
            "offset 12: expected a finite float32 value, found Infinity"),
        row(
            "no items at all",
            pair(head(8, 0, 2, 2), head(8, 0)),
            DATA,
            plain,
            AT_LABELS + "expected labels, found none"));
  }

  static Stream<Arguments> files() {
    return Stream.of(
        files("missing file", folder -> {}, "x", "FOLDER/x: no such file"),
        files("glob without match", folder -> {}, "x*", "FOLDER/x*: no such file"),
        files(
            "malformed glob",
            folder -> {},
            "x{a",
            "FOLDER/x{a: cannot be read: Illegal file pattern: error parsing regexp: Unclosed group"
                + " at pos 3: `x{a`"),
        files(
            "empty folder",
            folder -> Files.createDirectory(folder.resolve("d")),
            "d",
            "FOLDER/d: expected data, found an empty folder"),
        files(
            "link that leads round in a circle",
            folder -> Files.createSymbolicLink(folder.resolve("x"), folder.resolve("x")),
            "x",
            "FOLDER/x: no such file"),
        files(
            "data of no known kind",
            folder -> write(folder, "x", new byte[] {1, 2, 3, 4, 5}),
            "x",
            "FOLDER/x: expected IDX or Parquet files, folders of pictures, or CSV, found"
                + " FOLDER/x beginning with 0x01020304"),
        files(
            "empty file of no known kind",
            folder -> write(folder, "x", new byte[0]),
            "x",
            "FOLDER/x: expected IDX or Parquet files, folders of pictures, or CSV, found"
                + " an empty file FOLDER/x"),
        files(
            "images without labels",
            folder -> write(folder, DATA, IMAGES),
            DATA,
            AT + "no labels of this name: say where they are by --labels"),
        row(
            "labels in a missing file",
            folder -> write(folder, DATA, IMAGES),
            DATA,
            location -> location.withLabels("FOLDER/y"),
            "FOLDER/y: no such file"),
        files(
            "labels without images",
            folder -> {
              pair(IMAGES, LABELS).write(folder);
              write(folder, "u-labels-idx1-ubyte", LABELS);
            },
            ".",
            "FOLDER/u-labels-idx1-ubyte: no data file of this name"),
        files(
            "the same file twice",
            folder -> {
              pair(IMAGES, LABELS).write(folder);
              write(folder, DATA.replace("idx3", "idx2"), IMAGES);
            },
            ".",
            AT.replace(
                ": ",
                ": the same name as FOLDER/"
                    + DATA.replace("idx3", "idx2")
                    + ": which of the two?")),
        files(
            "shards of different shapes",
            folder -> {
              pair(IMAGES, LABELS).write(folder);
              write(folder, "u-images-idx3-ubyte", IdxFiles.bytes(new byte[18], 3, 2, 3));
              write(folder, "u-labels-idx1-ubyte", LABELS);
            },
            ".",
            "FOLDER/u-images-idx3-ubyte: expected items as in FOLDER/"
                + DATA
                + ", UINT8 [2, 2], found UINT8 [2, 3]"),
        row(
            "images and labels exchanged",
            pair(IMAGES, LABELS),
            OF,
            location -> location.withLabels("FOLDER/" + DATA),
            AT_LABELS
                + "offset 3: expected data, found 1 dimension: are data and labels exchanged?"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"heads", "bodies", "labels", "files"})
  void malformed_files_get_their_message(Malformed.Case malformed) throws IOException {
    Malformed.expectMessage(malformed, folder);
  }

  /** What a disk with a fault does, also for a user who may read everything. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void an_unreadable_file_is_told_as_such() throws IOException {
    Malformed.expectMessage(
        new Malformed.Case(
            "unreadable",
            folder -> {
              Files.createSymbolicLink(folder.resolve(DATA), Path.of("/proc/self/mem"));
              write(folder, OF, LABELS);
            },
            DATA,
            THREE,
            "FOLDER/" + DATA + ": cannot be read: Input/output error"),
        folder);
  }
}
