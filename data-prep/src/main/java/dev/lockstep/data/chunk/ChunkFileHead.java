package dev.lockstep.data.chunk;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.data.Schema;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a file of chunks begins with: eight letters, the length of a JSON text, int32 big-endian,
 * and that text: this record.
 *
 * @param rows examples of a whole chunk; the last may have fewer
 */
record ChunkFileHead(Schema schema, int rows) implements Serializable {
  static final String MAGIC = "LSCHUNK1";
  private static final long CHUNK_BYTES = 1 << 20;
  private static final int MAX_TEXT = 1 << 26;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static ChunkFileHead of(Schema schema) {
    return new ChunkFileHead(
        schema, (int) Math.max(1, CHUNK_BYTES / RecordLayout.of(schema).bytes()));
  }

  byte[] toBytes() throws IOException {
    byte[] text = JSON.writeValueAsBytes(this);
    return ByteBuffer.allocate(MAGIC.length() + Integer.BYTES + text.length)
        .put(MAGIC.getBytes(StandardCharsets.ISO_8859_1))
        .putInt(text.length)
        .put(text)
        .array();
  }

  /**
   * Reads a head.
   *
   * @throws IOException if it is none
   */
  static ChunkFileHead read(InputStream from) throws IOException {
    DataInputStream in = new DataInputStream(from);
    byte[] magic = in.readNBytes(MAGIC.length());
    if (!Arrays.equals(magic, MAGIC.getBytes(StandardCharsets.ISO_8859_1))) {
      throw new IOException("expected %s at its beginning".formatted(MAGIC));
    }
    int length = in.readInt();
    if (length < 0 || length > MAX_TEXT) {
      throw new IOException("expected the length of its head, found %d".formatted(length));
    }
    ChunkFileHead head = JSON.readValue(in.readNBytes(length), ChunkFileHead.class);
    if (head.rows < 1 || (long) head.rows * RecordLayout.of(head.schema).bytes() > 1 << 30) {
      throw new IOException("expected at least one example in a chunk, of at most a gigabyte");
    }
    return head;
  }
}
