package dev.lockstep.data.chunk;

import dev.lockstep.data.ExampleStream;
import dev.lockstep.data.Examples;
import dev.lockstep.data.NetworkView;
import dev.lockstep.data.ReadAhead;
import dev.lockstep.data.Schema;
import dev.lockstep.data.chunk.WindowOrder.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Examples in windows, each read by a thread beside the one that trains, while that trains the one
 * before. What is in memory stays there while the examples are let go, unless memory is short.
 */
final class WindowStream implements ExampleStream {
  private final WindowOrder order;
  private ChunkedExamples examples;
  private NetworkView view;
  private InMemory memory = new InMemory();
  private SoftReference<InMemory> released = new SoftReference<>(null);
  private Chunk chunk;
  private int row;

  WindowStream(ChunkedExamples examples, WindowOrder order) {
    this.order = order;
    hold(examples);
  }

  /** A window with its examples. */
  private record Loaded(Window window, int[] order, List<Chunk> chunks) {}

  /** What takes memory. */
  private static final class InMemory {
    private Loaded current;
    private Window coming;
    private ReadAhead<Loaded> next;
    private final List<Chunk> free = new ArrayList<>();
  }

  @Override
  public void hold(Examples held) {
    examples = (ChunkedExamples) held;
    view = examples.view();
    if (memory == null) {
      memory = released.get();
      memory = memory == null ? new InMemory() : memory;
    }
  }

  @Override
  public void release() {
    released = new SoftReference<>(memory);
    memory = null;
    examples = null;
    chunk = null;
  }

  @Override
  public void moveTo(long position) {
    Loaded at = memory.current;
    if (at == null || position < at.window().from() || position >= at.window().to()) {
      at = load(position);
    }
    int code = at.order()[(int) (position - at.window().from())];
    chunk = at.chunks().get(code / order.most());
    row = code % order.most();
  }

  @Override
  public long id() {
    return chunk.id(row);
  }

  @Override
  public float weight() {
    Schema schema = view.schema();
    return schema.weighted() ? chunk.target(row, schema.targetWidth() - 1) : 1;
  }

  @Override
  public NetworkView view() {
    return view;
  }

  @Override
  public void copyStored(float[] features) {
    chunk.copyStored(row, features);
  }

  @Override
  public void copy(int toRow, float[] features, float[] labels) {
    chunk.copy(row, view, toRow, features, labels);
  }

  /** Waits for the window of a position, and has the one after it read. */
  private Loaded load(long position) {
    if (memory.current != null) {
      memory.free.addAll(memory.current.chunks());
      memory.current = null;
    }
    Window wanted = order.at(position);
    if (memory.next != null && memory.coming.from() != wanted.from()) {
      memory.free.addAll(await().chunks());
    }
    if (memory.next == null) {
      read(wanted);
    }
    memory.current = await();
    read(order.at(wanted.to()));
    return memory.current;
  }

  private void read(Window window) {
    ChunkedExamples from = examples;
    List<Chunk> into = new ArrayList<>();
    while (into.size() < window.chunks().length) {
      int last = memory.free.size() - 1;
      into.add(last < 0 ? new Chunk(from.layout(), order.most()) : memory.free.remove(last));
    }
    memory.coming = window;
    memory.next = ReadAhead.of(() -> read(from, window, into));
  }

  private Loaded read(ChunkedExamples from, Window window, List<Chunk> into) {
    try (ChunkReader reader = new ChunkReader(from.table(), from.layout())) {
      // As they lie on the disk, and each file opened once.
      int[] chunks = window.chunks();
      IntStream.range(0, chunks.length)
          .boxed()
          .sorted(Comparator.comparingInt(i -> chunks[i]))
          .forEach(i -> reader.read(chunks[i], into.get(i)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Loaded(window, order.within(window), into);
  }

  private Loaded await() {
    ReadAhead<Loaded> reading = memory.next;
    memory.next = null;
    return reading.await();
  }
}
