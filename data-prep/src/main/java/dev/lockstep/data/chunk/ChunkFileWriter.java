package dev.lockstep.data.chunk;

import dev.lockstep.data.Example;
import dev.lockstep.data.NetworkView;
import dev.lockstep.data.Schema;
import dev.lockstep.data.SplitMix64;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Writes a file of chunks from its beginning to its end: a head, then chunk after chunk. */
public final class ChunkFileWriter implements AutoCloseable {
  private final NetworkView view;
  private final RecordLayout layout;
  private final OutputStream out;
  private final ByteBuffer chunk;
  private long ids;

  /**
   * @param out closed with this
   */
  public ChunkFileWriter(OutputStream out, Schema schema) throws IOException {
    view = NetworkView.of(schema);
    layout = RecordLayout.of(schema);
    this.out = out;
    ChunkFileHead head = ChunkFileHead.of(schema);
    out.write(head.toBytes());
    chunk = RecordLayout.buffer(new byte[head.rows() * layout.bytes()]);
  }

  /** Writes an example after those before. */
  public void write(Example example) throws IOException {
    view.expect(example);
    if (!chunk.hasRemaining()) {
      end();
    }
    layout.put(example, chunk);
    ids += SplitMix64.mix(example.id());
  }

  private void end() throws IOException {
    CRC32C checksum = new CRC32C();
    checksum.update(chunk.flip());
    out.write(chunk.array(), 0, chunk.limit());
    out.write(
        RecordLayout.buffer(new byte[ChunkWriter.TRAILER])
            .putLong(ids)
            .putInt((int) checksum.getValue())
            .array());
    chunk.clear();
    ids = 0;
  }

  /** Writes what there is yet, and ends the file. */
  @Override
  public void close() throws IOException {
    if (chunk.position() > 0) {
      end();
    }
    out.close();
  }
}
