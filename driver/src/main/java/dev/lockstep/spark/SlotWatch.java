package dev.lockstep.spark;

import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Looks at the task slots while a job runs, since Spark waits for ever for lost ones to come back.
 */
public final class SlotWatch implements Runnable {
  private final IntSupplier slots;
  private final LongSupplier nanoTime;
  private final int wanted;
  private final Duration patience;
  private final Supplier<RuntimeException> lost;
  private long enoughAt;

  /**
   * @param slots how many there are
   * @param wanted how many the job needs
   * @param patience for how long there may be fewer
   * @param lost what is thrown then
   */
  SlotWatch(
      IntSupplier slots,
      LongSupplier nanoTime,
      int wanted,
      Duration patience,
      Supplier<RuntimeException> lost) {
    this.slots = slots;
    this.nanoTime = nanoTime;
    this.wanted = wanted;
    this.patience = patience;
    this.lost = lost;
    enoughAt = nanoTime.getAsLong();
  }

  @Override
  public void run() {
    long now = nanoTime.getAsLong();
    if (slots.getAsInt() >= wanted) {
      enoughAt = now;
    } else if (now - enoughAt > patience.toNanos()) {
      throw lost.get();
    }
  }
}
