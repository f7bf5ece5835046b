package dev.lockstep.data.csv;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.util.LineReader;

/**
 * The rows of a block of a text file, each a line or, where a quoted value has line breaks,
 * several: those that begin in it, but for one that begins at its very start, which the block
 * before has (the rule of Hadoop's {@code LineRecordReader}).
 */
final class CsvLines implements AutoCloseable {
  private static final int MAX_ROW = 64 << 20;
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final CsvBlock block;
  private final char delimiter;
  private final String header;
  private final LineReader in;
  private final Text text = new Text();
  private long position;
  private long line;
  private long rowBegan;

  /**
   * @param delimiter between values
   * @param header a row that is passed over where it is a file's first; null for none
   */
  CsvLines(CsvBlock block, char delimiter, String header, Configuration hadoop) {
    this.block = block;
    this.delimiter = delimiter;
    this.header = header;
    line = block.firstLine();
    try {
      in = new LineReader(block.open(hadoop));
      position = block.from();
      if (block.from() > 0) {
        position += in.readLine(text, MAX_ROW, Integer.MAX_VALUE);
      }
    } catch (IOException | FSError e) {
      throw unreadable(e);
    }
  }

  /**
   * The next row that is not blank, without its end; empty at the block's end.
   *
   * @throws QuotedBreak if a row has several lines, and the block is a part of a file
   */
  Optional<String> next() {
    try {
      while (block.form() != CsvBlock.Form.PART || position <= block.to()) {
        Optional<String> begun = line();
        if (begun.isEmpty()) {
          return begun;
        }
        rowBegan = line;
        String row = whole(begun.get());
        boolean isHeader = rowBegan == 1 && row.equals(header);
        if (!isHeader && !row.isBlank()) {
          return Optional.of(row);
        }
      }
      return Optional.empty();
    } catch (IOException | FSError e) {
      throw unreadable(e);
    }
  }

  private Optional<String> line() throws IOException {
    int length = in.readLine(text, MAX_ROW, Integer.MAX_VALUE);
    if (length == 0) {
      return Optional.empty();
    }
    position += length;
    line++;
    if (length > MAX_ROW) {
      rowBegan = line;
      throw new DataError(
          "%s: expected a line of at most %d bytes, found %d".formatted(where(), MAX_ROW, length));
    }
    String content = text.toString();
    return Optional.of(content.startsWith(BYTE_ORDER_MARK) ? content.substring(1) : content);
  }

  private String whole(String begun) throws IOException {
    if (!CsvFields.endsQuoted(begun, delimiter)) {
      return begun;
    }
    if (block.form() == CsvBlock.Form.PART) {
      throw new QuotedBreak();
    }
    StringBuilder row = new StringBuilder(begun);
    boolean open = true;
    while (open) {
      Optional<String> more = line();
      if (more.isEmpty() || row.length() > MAX_ROW) {
        throw new DataError(
            "%s: expected the quote that begins here to end, found none".formatted(where()));
      }
      row.append('\n').append(more.get());
      open = CsvFields.endsQuoted(more.get(), delimiter, true);
    }
    return row.toString();
  }

  /** The number of the line that came last, from 1. */
  long lines() {
    return line;
  }

  /** The number of the line with which the last row begins, from 1. */
  long rowBegan() {
    return rowBegan;
  }

  /** The file and the line with which the last row begins, for messages. */
  String where() {
    return "%s: line %d".formatted(DataFiles.name(block.path()), rowBegan);
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
