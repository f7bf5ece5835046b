package dev.lockstep.data.text;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** The characters, as code points, of a part of a file in UTF-8. */
final class Utf8Text implements Closeable {
  /** After the last. */
  static final int END = -1;

  private static final int BYTE_ORDER_MARK = 0xfeff;
  private static final int MARK_BEGINS = 0xef;
  private static final int MOST_BYTES = 4;

  private final String path;
  private final InputStream bytes;
  private long at;
  private int ahead;

  /**
   * @param bytes from the part's first on; a character that begins before is passed over
   * @param from which of the file that is
   */
  Utf8Text(String path, InputStream bytes, long from) throws IOException {
    this.path = path;
    this.bytes = bytes;
    at = from;
    ahead = bytes.read();
    for (int i = 1; from > 0 && i < MOST_BYTES && isContinuation(ahead); i++) {
      advance();
    }
    if (from == 0 && ahead == MARK_BEGINS) {
      bytes.mark(MOST_BYTES);
      if (next() != BYTE_ORDER_MARK) {
        bytes.reset();
        ahead = MARK_BEGINS;
        at = 0;
      }
    }
  }

  private static boolean isContinuation(int value) {
    return (value & 0xc0) == 0x80;
  }

  private void advance() throws IOException {
    ahead = bytes.read();
    at++;
  }

  /** Which byte of the file the next character begins with. */
  long at() {
    return at;
  }

  /**
   * The next character, or {@link #END}.
   *
   * @throws DataError if there is something else than UTF-8
   */
  int next() throws IOException {
    if (ahead < 0x80) {
      int character = ahead;
      if (character != END) {
        advance();
      }
      return character;
    }
    long began = at;
    int first = ahead;
    int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
    int character = first & (0x3f >> more);
    boolean valid = first >= 0xc2 && first <= 0xf4;
    for (int i = 0; valid && i < more; i++) {
      advance();
      valid = ahead != END && isContinuation(ahead);
      character = character << 6 | ahead & 0x3f;
    }
    if (!valid || !Character.isValidCodePoint(character)) {
      throw new DataError(
          "%s: byte %d: expected text in UTF-8, found 0x%02x: save it as UTF-8"
              .formatted(DataFiles.name(path), began, first));
    }
    advance();
    return character;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
