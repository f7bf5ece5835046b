package dev.lockstep.data.csv;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.Locations;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.util.LineReader;

/**
 * The lines of a block of a text file: those that begin in it, but for one that begins at its very
 * start, which the block before has (the rule of Hadoop's {@code LineRecordReader}).
 */
final class CsvLines implements AutoCloseable {
  private static final int MAX_LINE = 64 << 20;
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final CsvBlock block;
  private final String header;
  private final LineReader in;
  private final Text text = new Text();
  private long position;
  private long line;

  /**
   * @param header a line that is passed over where it is a file's first; null for none
   */
  CsvLines(CsvBlock block, String header, Configuration hadoop) {
    this.block = block;
    this.header = header;
    line = block.firstLine();
    try {
      Path path = new Path(block.path());
      FSDataInputStream file = Locations.open(path, hadoop);
      file.seek(block.from());
      InputStream content = block.gzipped() ? new GZIPInputStream(file) : file;
      in = new LineReader(content);
      position = block.from();
      if (block.from() > 0) {
        position += in.readLine(text, MAX_LINE, Integer.MAX_VALUE);
      }
    } catch (IOException | FSError e) {
      throw unreadable(e);
    }
  }

  /** The next line that is not blank, without its end; empty at the block's end. */
  Optional<String> next() {
    try {
      while (block.gzipped() || position <= block.to()) {
        int length = in.readLine(text, MAX_LINE, Integer.MAX_VALUE);
        if (length == 0) {
          return Optional.empty();
        }
        position += length;
        line++;
        if (length > MAX_LINE) {
          throw new DataError(
              "%s: expected a line of at most %d bytes, found %d"
                  .formatted(where(), MAX_LINE, length));
        }
        String content = text.toString();
        if (content.startsWith(BYTE_ORDER_MARK)) {
          content = content.substring(1);
        }
        boolean isHeader = line == 1 && content.equals(header);
        if (!isHeader && !content.isBlank()) {
          return Optional.of(content);
        }
      }
      return Optional.empty();
    } catch (IOException | FSError e) {
      throw unreadable(e);
    }
  }

  /** The number of the line that came last, from 1. */
  long line() {
    return line;
  }

  /** The file and the line that came last, for messages. */
  String where() {
    return "%s: line %d".formatted(DataFiles.name(block.path()), line);
  }

  private DataError unreadable(Throwable e) {
    return DataFiles.unreadable(block.path(), e);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException | FSError e) {
      throw unreadable(e);
    }
  }
}
