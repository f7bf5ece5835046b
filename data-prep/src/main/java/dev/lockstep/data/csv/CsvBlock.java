package dev.lockstep.data.csv;

import dev.lockstep.data.DataFiles;
import dev.lockstep.data.Locations;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.io.input.ReaderInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * A part of a text file that one task reads.
 *
 * @param from offset of its first byte
 * @param to offset after its last byte
 * @param form how the file is stored, and so whether this is all of it
 * @param firstRow the number of its first row within the data
 * @param firstLine how many lines of the file come before
 */
record CsvBlock(String path, long from, long to, Form form, long firstRow, long firstLine)
    implements Serializable {
  private static final long LENGTH = 16 << 20;

  /** How a file is stored. */
  enum Form {
    /** UTF-8, of which this is a part: a value's line breaks may be in another. */
    PART,
    /** All of a file of UTF-8. */
    WHOLE,
    /** All of a file that cannot be entered in its middle: compressed, or of UTF-16. */
    STREAM
  }

  /** All blocks of some files, before their lines are counted. */
  static List<CsvBlock> of(List<FileStatus> files, Configuration hadoop) {
    return files.stream().flatMap(file -> of(file, hadoop)).toList();
  }

  private static Stream<CsvBlock> of(FileStatus file, Configuration hadoop) {
    CsvBlock all = whole(file, hadoop);
    return all.form == Form.WHOLE && all.to > LENGTH
        ? split(all.path, all.to, LENGTH)
        : Stream.of(all);
  }

  /** A file as one block. */
  static CsvBlock whole(FileStatus file, Configuration hadoop) {
    Path path = file.getPath();
    try (InputStream in = new BufferedInputStream(Locations.open(path, hadoop))) {
      boolean stream = DataFiles.isGzipped(in) || isUtf16(in);
      return new CsvBlock(
          path.toString(), 0, file.getLen(), stream ? Form.STREAM : Form.WHOLE, 0, 0);
    } catch (IOException | FSError e) {
      throw DataFiles.unreadable(path.toString(), e);
    }
  }

  /** A file in parts of a length. */
  static Stream<CsvBlock> split(String path, long end, long length) {
    return LongStream.iterate(0, from -> from < end, from -> from + length)
        .mapToObj(from -> new CsvBlock(path, from, Math.min(end, from + length), Form.PART, 0, 0));
  }

  /** Whether text begins with the byte order mark of UTF-16, as Excel writes it. */
  static boolean isUtf16(byte[] head) {
    return head.length > 1
        && (head[0] == (byte) 0xff && head[1] == (byte) 0xfe
            || head[0] == (byte) 0xfe && head[1] == (byte) 0xff);
  }

  private static boolean isUtf16(InputStream in) throws IOException {
    in.mark(2);
    boolean utf16 = isUtf16(in.readNBytes(2));
    in.reset();
    return utf16;
  }

  /** The block's content on, as UTF-8. */
  InputStream open(Configuration hadoop) throws IOException {
    FSDataInputStream file = Locations.open(new Path(path), hadoop);
    if (form != Form.STREAM) {
      file.seek(from);
      return file;
    }
    InputStream stored = new BufferedInputStream(file);
    InputStream content =
        DataFiles.isGzipped(stored) ? new BufferedInputStream(new GZIPInputStream(stored)) : stored;
    return isUtf16(content)
        ? ReaderInputStream.builder()
            .setReader(new InputStreamReader(content, StandardCharsets.UTF_16))
            .setCharset(StandardCharsets.UTF_8)
            .get()
        : content;
  }

  /** This block, now that one knows what comes before. */
  CsvBlock after(long rows, long lines) {
    return new CsvBlock(path, from, to, form, rows, lines);
  }
}
