package dev.lockstep.data.chunk;

import dev.lockstep.data.SplitMix64;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The order in which a worker trains examples of which only some are in memory: in each epoch the
 * chunks in an order drawn anew, some at a time as a window, within which all examples are shuffled
 * (Fisher-Yates; Knuth, TAOCP vol. 2, algorithm P). A pure function of seed, worker and epoch, of
 * which any part can be had without those before it.
 */
public final class WindowOrder {

  /** How examples are ordered. */
  public enum Kind {
    /** As they are stored, the same in every epoch. */
    AS_STORED,
    SHUFFLED
  }

  private final int[] rows;
  private final int most;
  private final int chunksInWindow;
  private final Kind kind;
  private final long seed;
  private final long size;
  private long epoch = -1;
  private int[] chunks;

  /** By window of the epoch, where it begins in it; and where the last ends. */
  private long[] starts;

  /**
   * @param rows by chunk, how many examples it has
   * @param window how many chunks are a window
   */
  WindowOrder(int[] rows, int window, Kind kind, long seed, int worker) {
    this.rows = rows;
    most = Arrays.stream(rows).max().orElse(1);
    // So that the number of an example in a window is an int.
    chunksInWindow = Math.max(1, Math.min(window, Integer.MAX_VALUE / most));
    this.kind = kind;
    this.seed = SplitMix64.mix(SplitMix64.mix(seed) + worker);
    size = Arrays.stream(rows).asLongStream().sum();
  }

  /**
   * What is in memory at once.
   *
   * @param from position of its first example
   * @param to position after its last
   * @param number of it in the epoch
   * @param chunks in which it is
   */
  record Window(long from, long to, long epoch, int number, int[] chunks) {}

  /** The window that a position is in. */
  Window at(long position) {
    long wanted = position / size;
    if (wanted != epoch) {
      arrange(wanted);
    }
    long first = wanted * size;
    int found = Arrays.binarySearch(starts, position - first);
    int number = found < 0 ? -found - 2 : found;
    int from = number * chunksInWindow;
    return new Window(
        first + starts[number],
        first + starts[number + 1],
        wanted,
        number,
        Arrays.copyOfRange(chunks, from, Math.min(chunks.length, from + chunksInWindow)));
  }

  private void arrange(long wanted) {
    epoch = wanted;
    chunks = chunks();
    starts = new long[(chunks.length + chunksInWindow - 1) / chunksInWindow + 1];
    long at = 0;
    for (int i = 0; i < chunks.length; i++) {
      at += rows[chunks[i]];
      starts[i / chunksInWindow + 1] = at;
    }
  }

  /**
   * All chunks in the order of the epoch. The share is taken as strata, as many as a window has
   * chunks; those of each are shuffled and spread evenly over the epoch, so that a window has
   * chunks from all over the share, even of data sorted by class.
   */
  private int[] chunks() {
    int[] order = new int[rows.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    if (kind == Kind.AS_STORED) {
      return order;
    }
    SplittableRandom random = new SplittableRandom(SplitMix64.mix(seed + epoch));
    long[] places = new long[order.length];
    int strata = Math.min(chunksInWindow, order.length);
    for (int stratum = 0; stratum < strata; stratum++) {
      int from = (int) ((long) order.length * stratum / strata);
      int to = (int) ((long) order.length * (stratum + 1) / strata);
      shuffle(order, from, to, random);
      for (int i = from; i < to; i++) {
        double place = (i - from + random.nextDouble()) / (to - from);
        places[i] = (long) (place * Integer.MAX_VALUE) << Integer.SIZE | order[i];
      }
    }
    Arrays.sort(places);
    return Arrays.stream(places).mapToInt(place -> (int) place).toArray();
  }

  /**
   * The order within a window.
   *
   * @return of each example the number of its chunk in the window, times {@link #most}, plus its
   *     row
   */
  int[] within(Window window) {
    int[] order = new int[(int) (window.to() - window.from())];
    int next = 0;
    for (int i = 0; i < window.chunks().length; i++) {
      for (int row = 0; row < rows[window.chunks()[i]]; row++) {
        order[next++] = i * most + row;
      }
    }
    if (kind == Kind.SHUFFLED) {
      long generator = SplitMix64.mix(seed + window.epoch()) + 1 + window.number();
      shuffle(order, 0, order.length, new SplittableRandom(SplitMix64.mix(generator)));
    }
    return order;
  }

  /** Examples of the largest chunk. */
  int most() {
    return most;
  }

  private static void shuffle(int[] order, int from, int to, SplittableRandom random) {
    for (int i = to - 1; i > from; i--) {
      int j = from + random.nextInt(i - from + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }
}
