package dev.lockstep.data.parquet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A Parquet file whose footer lists the encodings of each column in ascending order. Parquet's
 * writer lists them as a hash set has them, in another order in another process.
 */
record OrderedFooter(OutputFile file) implements OutputFile {

  @Override
  public PositionOutputStream create(long blockSizeHint) throws IOException {
    return new Stream(file.create(blockSizeHint));
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
    return new Stream(file.createOrOverwrite(blockSizeHint));
  }

  @Override
  public boolean supportsBlockSize() {
    return file.supportsBlockSize();
  }

  @Override
  public long defaultBlockSize() {
    return file.defaultBlockSize();
  }

  /** Orders the footer of a file's end, if that is there as a whole. */
  static byte[] ordered(byte[] end) throws IOException {
    // A file ends with its footer, the footer's length and "PAR1".
    int to = end.length - 2 * Integer.BYTES;
    if (to < 0) {
      return end;
    }
    int length = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN).getInt(to);
    if (length <= 0 || length > to || end[end.length - 1] != '1') {
      return end;
    }
    FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(end, to - length, length));
    footer
        .getRow_groups()
        .forEach(
            group ->
                group
                    .getColumns()
                    .forEach(column -> Collections.sort(column.getMeta_data().getEncodings())));
    ByteArrayOutputStream ordered = new ByteArrayOutputStream(end.length);
    ordered.write(end, 0, to - length);
    Util.writeFileMetaData(footer, ordered);
    ordered.write(end, to, end.length - to);
    return ordered.toByteArray();
  }

  /** Holds back as much as a footer may have: 4 MB are 60 GB of examples in one file. */
  private static final class Stream extends PositionOutputStream {
    private static final int LONGEST = 4 << 20;

    private final PositionOutputStream out;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private long position;
    private boolean closed;

    Stream(PositionOutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      held.write(bytes, offset, length);
      position += length;
      if (held.size() > 2 * LONGEST) {
        byte[] all = held.toByteArray();
        out.write(all, 0, all.length - LONGEST);
        held.reset();
        held.write(all, all.length - LONGEST, LONGEST);
      }
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        try (out) {
          out.write(ordered(held.toByteArray()));
        }
      }
    }
  }
}
