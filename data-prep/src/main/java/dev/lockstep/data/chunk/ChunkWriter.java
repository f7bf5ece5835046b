package dev.lockstep.data.chunk;

import dev.lockstep.data.DataError;
import dev.lockstep.data.Example;
import dev.lockstep.data.ExampleHash;
import dev.lockstep.data.NetworkView;
import dev.lockstep.data.Schema;
import dev.lockstep.data.SplitMix64;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.zip.CRC32C;

/**
 * Writes a worker's examples to a file of chunks while they come: each chunk at its own place, its
 * records followed by the sum of their ids' hashes and their CRC-32C.
 */
final class ChunkWriter implements AutoCloseable {
  /** The sum of hashes, and the checksum. */
  static final int TRAILER = Long.BYTES + Integer.BYTES;

  /** After how many bytes to look whether there is still room. */
  private static final long LOOK = 16 << 20;

  private final LocalFolder folder;
  private final Path file;
  private final ChunkPlan plan;
  private final NetworkView view;
  private final RecordLayout layout;
  private final int record;
  private final FileChannel channel;
  private final int[] sizes;
  private final Open[] open;
  private final long promised;
  private int firstOpen;
  private final ExampleHash content = new ExampleHash();
  private long hash;
  private long written;
  private boolean finished;

  private ChunkWriter(LocalFolder folder, ChunkPlan plan, Schema schema) throws IOException {
    this.folder = folder;
    this.plan = plan;
    view = NetworkView.of(schema);
    layout = RecordLayout.of(schema);
    record = layout.bytes();
    sizes = new int[plan.chunks()];
    open = new Open[plan.open()];
    promised = plan.examples() * record + (long) plan.chunks() * TRAILER;
    file = folder.newFile();
    folder.promise(promised);
    channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /**
   * Writes all examples.
   *
   * @throws DataError if there is no room on the disk
   */
  static ChunkedExamples write(
      LocalFolder folder, ChunkPlan plan, Schema schema, Iterator<Example> examples) {
    try (ChunkWriter writer = new ChunkWriter(folder, plan, schema)) {
      ChunkDeal deal = new ChunkDeal(plan);
      while (examples.hasNext()) {
        writer.add(examples.next(), deal);
      }
      return writer.finish();
    } catch (IOException e) {
      throw folder.unwritable(e);
    }
  }

  /** A chunk that is being written. */
  private final class Open {
    private final ByteBuffer buffer =
        RecordLayout.buffer(new byte[Math.max(plan.write() * record, TRAILER)]);
    private final CRC32C checksum = new CRC32C();
    private long at;
    private long ids;

    void begin(int chunk) {
      at = chunk * ((long) plan.rows() * record + TRAILER);
      ids = 0;
      checksum.reset();
    }

    void add(Example example) throws IOException {
      if (buffer.remaining() < record) {
        flush();
      }
      layout.put(example, buffer);
      ids += SplitMix64.mix(example.id());
    }

    void end() throws IOException {
      flush();
      hash += ids;
      put(buffer.putLong(ids).putInt((int) checksum.getValue()).flip());
    }

    private void flush() throws IOException {
      checksum.update(buffer.flip());
      put(buffer.rewind());
    }

    private void put(ByteBuffer from) throws IOException {
      if (written / LOOK != (written + from.remaining()) / LOOK) {
        folder.expectRoom(from.remaining());
      }
      folder.keep(from.remaining());
      written += from.remaining();
      while (from.hasRemaining()) {
        at += channel.write(from, at);
      }
      buffer.clear();
    }
  }

  private void add(Example example, ChunkDeal deal) throws IOException {
    view.expect(example);
    content.add(example);
    int chunk = deal.next();
    if (deal.firstOpen() > firstOpen) {
      endOpen();
      firstOpen = deal.firstOpen();
    }
    Open to = open[chunk - firstOpen];
    if (to == null) {
      to = new Open();
      open[chunk - firstOpen] = to;
    }
    if (sizes[chunk]++ == 0) {
      to.begin(chunk);
    }
    to.add(example);
  }

  private void endOpen() throws IOException {
    for (int i = 0; i < open.length && firstOpen + i < sizes.length; i++) {
      if (sizes[firstOpen + i] > 0) {
        open[i].end();
      }
    }
  }

  private ChunkedExamples finish() throws IOException {
    endOpen();
    finished = true;
    ChunkTable table = ChunkTable.ofFile(file.toUri().toString(), sizes, plan.rows(), record);
    return ChunkedExamples.local(view, table, plan.window(), hash, content);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    folder.keep(promised - written);
    if (!finished) {
      Files.deleteIfExists(file);
    }
  }
}
