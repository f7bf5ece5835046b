package dev.lockstep.strategy;

import java.util.SplittableRandom;

/**
 * The order of a worker's examples in each epoch: in file order, or a Fisher-Yates shuffle (Knuth,
 * TAOCP vol. 2, algorithm P) from a generator of its own for every (seed, worker, epoch), so that
 * any epoch's order can be had without the ones before it.
 */
final class EpochOrder {
  private static final long EPOCHS = 1_000_000;

  private final Ordering ordering;
  private final long seed;
  private final int worker;
  private final int[] order;
  private long epoch = -1;

  EpochOrder(Ordering ordering, long seed, int worker, int size) {
    this.ordering = ordering;
    this.seed = seed;
    this.worker = worker;
    order = new int[size];
  }

  /** The number, among the worker's examples, of the one at a position of its stream. */
  int at(long position) {
    long wanted = position / order.length;
    if (wanted != epoch) {
      epoch = wanted;
      arrange();
    }
    return order[(int) (position % order.length)];
  }

  private void arrange() {
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    if (ordering == Ordering.AS_STORED) {
      return;
    }
    // Worker numbers go to the high half, out of the way of epochs.
    SplittableRandom random =
        new SplittableRandom(seed * EPOCHS + epoch + ((long) worker << Integer.SIZE));
    for (int i = order.length - 1; i >= 1; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }
}
