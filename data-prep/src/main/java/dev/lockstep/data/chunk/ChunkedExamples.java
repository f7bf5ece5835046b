package dev.lockstep.data.chunk;

import dev.lockstep.data.Example;
import dev.lockstep.data.ExampleHash;
import dev.lockstep.data.ExampleStream;
import dev.lockstep.data.Examples;
import dev.lockstep.data.NetworkView;
import dev.lockstep.data.Normalisation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A worker's examples in chunks on a disk, of which this tells where they are. */
public final class ChunkedExamples implements Examples {
  private final NetworkView view;
  private final RecordLayout layout;
  private final ChunkTable table;
  private final int[] starts;
  private final int window;

  /** Of a worker's own files; others say it chunk by chunk. */
  private final long hash;

  /** Likewise; null of others. */
  private final ExampleHash content;

  /** Whether the files are a worker's own, on a disk of the machine that wrote them. */
  private final boolean local;

  private transient Chunk chunk;
  private transient int current;

  private ChunkedExamples(
      NetworkView view,
      ChunkTable table,
      int window,
      long hash,
      ExampleHash content,
      boolean local) {
    this.view = view;
    layout = RecordLayout.of(view.schema());
    this.table = table;
    starts = table.starts();
    this.window = window;
    this.hash = hash;
    this.content = content;
    this.local = local;
  }

  /** On a disk of this machine. */
  static ChunkedExamples local(
      NetworkView view, ChunkTable table, int window, long hash, ExampleHash content) {
    return new ChunkedExamples(view, table, window, hash, content, true);
  }

  /** Where all executors see them. */
  static ChunkedExamples shared(NetworkView view, ChunkTable table, int window) {
    return new ChunkedExamples(view, table, window, 0, null, false);
  }

  /** Whether they can be read by this process. */
  boolean isHere() {
    return !local
        || table.files().stream().allMatch(file -> Files.isReadable(Path.of(URI.create(file))));
  }

  /** Removes files on a disk of this machine. */
  void delete() {
    if (local) {
      table.files().forEach(file -> Path.of(URI.create(file)).toFile().delete());
    }
  }

  ChunkTable table() {
    return table;
  }

  RecordLayout layout() {
    return layout;
  }

  @Override
  public NetworkView view() {
    return view;
  }

  /**
   * In the order of training.
   *
   * @param order of each epoch
   */
  public ExampleStream stream(WindowOrder.Kind order, long seed, int worker) {
    return new WindowStream(this, new WindowOrder(table.rows(), window, order, seed, worker));
  }

  @Override
  public int size() {
    return starts[starts.length - 1];
  }

  @Override
  public long idHash() {
    if (local) {
      return hash;
    }
    long sum = 0;
    try (ChunkReader reader = new ChunkReader(table, layout)) {
      for (int number = 0; number < table.chunks(); number++) {
        sum += reader.idHash(number);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sum;
  }

  @Override
  public Optional<ExampleHash> contentHash() {
    return Optional.ofNullable(content);
  }

  /** An example as it was written. */
  synchronized Example example(int index) {
    return at(index).example(row(index));
  }

  @Override
  public synchronized long id(int index) {
    return at(index).id(row(index));
  }

  @Override
  public synchronized float target(int index, int target) {
    return at(index).target(row(index), target);
  }

  @Override
  public synchronized void copyStored(int index, float[] features) {
    at(index).copyStored(row(index), features);
  }

  @Override
  public synchronized void copy(int index, int row, float[] features, float[] labels) {
    at(index).copy(row(index), view, row, features, labels);
  }

  @Override
  public ChunkedExamples normalised(Normalisation normalisation) {
    return new ChunkedExamples(view.normalised(normalisation), table, window, hash, content, local);
  }

  private int row(int index) {
    return index - starts[current];
  }

  private Chunk at(int index) {
    if (chunk != null && index >= starts[current] && index < starts[current + 1]) {
      return chunk;
    }
    int found = Arrays.binarySearch(starts, index);
    int wanted = found < 0 ? -found - 2 : found;
    Chunk into = chunk == null ? new Chunk(layout, table.largest()) : chunk;
    chunk = null; // if it cannot be read
    try (ChunkReader reader = new ChunkReader(table, layout)) {
      reader.read(wanted, into);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    current = wanted;
    chunk = into;
    return into;
  }
}
