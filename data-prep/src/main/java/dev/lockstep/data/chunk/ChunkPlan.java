package dev.lockstep.data.chunk;

import dev.lockstep.data.Schema;
import java.io.Serializable;

/**
 * How a worker's examples lie in chunks on a disk, and how many chunks are a window, within which
 * they are shuffled. Of the memory, one half is the window that is trained, and the other the next
 * one, which is read meanwhile.
 *
 * @param examples the most there will be
 * @param rows examples of a whole chunk
 * @param open how many chunks are written at once: those among which following examples are dealt
 * @param write how many examples of a chunk are written at once
 * @param window chunks of a window
 */
public record ChunkPlan(long examples, int rows, int open, int write, int window)
    implements Serializable {
  /** Enough that a window mixes far parts of the data. */
  private static final int CHUNKS_IN_WINDOW = 16;

  private static final int HALVES = 2;

  /** The least that a disk writes well at once; of little memory, a part as small as this. */
  private static final long LEAST_WRITE = 4 << 10;

  private static final int WRITES = 2048;

  /** Beyond which larger writes are no faster. */
  private static final long MOST_WRITE = 1 << 20;

  /** The largest chunk, of which offsets are ints. */
  private static final long LARGEST = 1 << 30;

  /** In which order examples are stored. */
  public enum Storing {
    /** As they come. */
    IN_ORDER,
    /** Dealt, so that each chunk is a sample of all that come, or of a long stretch of it. */
    DEALT
  }

  /** Whether so many examples are held in memory as one block. */
  public static boolean inMemory(Schema schema, long examples, long memory) {
    return examples * RecordLayout.of(schema).bytes() <= memory;
  }

  /**
   * For the most examples that a worker may have.
   *
   * @param memory bytes of it that the worker may use
   */
  public static ChunkPlan of(Schema schema, long examples, long memory, Storing storing) {
    long record = RecordLayout.of(schema).bytes();
    long window = memory / HALVES;
    long chunk = Math.max(record, Math.min(LARGEST, window / CHUNKS_IN_WINDOW));
    int rows = (int) (chunk / record);
    long chunks = Math.max(1, (examples + rows - 1) / rows);
    long write = Math.max(record, Math.min(LEAST_WRITE, memory / WRITES));
    long most = storing == Storing.DEALT ? Math.max(1, window / write) : 1;
    long stretches = (chunks + most - 1) / most;
    int open = (int) ((chunks + stretches - 1) / stretches); // so that they are alike
    return new ChunkPlan(
        examples,
        rows,
        open,
        (int) Math.max(1, Math.min(rows, Math.min(MOST_WRITE, window / open) / record)),
        windowOf(rows * record, memory));
  }

  /** How many chunks of a size are a window. */
  static int windowOf(long chunk, long memory) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, memory / HALVES / chunk));
  }

  /** How many chunks there will be. */
  int chunks() {
    return Math.toIntExact(Math.max(1, (examples + rows - 1) / rows));
  }
}
