package dev.lockstep.models.onednn;

import java.lang.ref.Cleaner;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.FloatPointer;

/** Native memory and handles that end together. */
final class Scope implements AutoCloseable {
  /** What the processor's widest registers and a line of its cache are aligned to. */
  private static final int ALIGNMENT = 64;

  /** Ends what nobody can use any more. */
  static final Cleaner CLEANER = Cleaner.create();

  private static final AtomicLong HELD = new AtomicLong();

  private final Deque<Runnable> ends = new ArrayDeque<>();
  private long bytes;

  /** How many bytes of native memory all open scopes of this process hold. */
  static long held() {
    return HELD.get();
  }

  /** How many bytes of native memory this holds. */
  long bytes() {
    return bytes;
  }

  /** Memory of this many values, all 0. */
  FloatPointer floats(long length) {
    int spare = ALIGNMENT / Float.BYTES;
    FloatPointer whole = new FloatPointer(length + spare);
    long size = (length + spare) * Float.BYTES;
    bytes += size;
    HELD.addAndGet(size);
    onClose(
        () -> {
          whole.deallocate();
          HELD.addAndGet(-size);
        });
    whole.zero();
    long past = whole.address() % ALIGNMENT;
    return past == 0 ? whole : whole.getPointer((ALIGNMENT - past) / Float.BYTES);
  }

  /** Memory as Java sees it. */
  static FloatBuffer buffer(FloatPointer memory, int length) {
    long limit = memory.limit();
    try {
      return memory.limit(Math.max(1, length)).asBuffer();
    } finally {
      memory.limit(limit);
    }
  }

  /** Runs when this is closed, before what was registered earlier. */
  void onClose(Runnable end) {
    ends.push(end);
  }

  @Override
  public void close() {
    while (!ends.isEmpty()) {
      ends.pop().run();
    }
    bytes = 0;
  }
}
