package dev.lockstep.collective;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Where the members in this process wait: briefly spinning, if each has a core, then parked. */
final class Waiting {
  private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(5);

  /** Then others may have the core, in case one that is waited for needs it. */
  private static final long YIELD_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

  /** How often a parked member looks whether it was told to stop. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final AtomicReferenceArray<Thread> parked;
  private final boolean oneCoreEach;
  private volatile CollectiveException failure;

  Waiting(int members) {
    parked = new AtomicReferenceArray<>(members);
    oneCoreEach = Runtime.getRuntime().availableProcessors() >= members;
  }

  /**
   * Waits until the condition holds; whoever makes it hold calls {@link #signal} afterwards.
   *
   * @param what is waited for, for the message when it takes too long
   */
  void await(int member, Patience patience, BooleanSupplier condition, Supplier<String> what) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      check();
      long waited = System.nanoTime() - start;
      if (oneCoreEach && waited < SPIN_NANOS) {
        Thread.onSpinWait();
      } else if (oneCoreEach && waited < YIELD_NANOS) {
        Thread.yield();
      } else {
        park(member, condition);
        checkPatience(patience, System.nanoTime() - start, what);
      }
    }
    check();
  }

  private void park(int member, BooleanSupplier condition) {
    parked.set(member, Thread.currentThread());
    if (!condition.getAsBoolean() && failure == null) {
      LockSupport.parkNanos(this, LOOK_NANOS);
    }
    parked.set(member, null);
  }

  private void checkPatience(Patience patience, long waitedNanos, Supplier<String> what) {
    checkStopped(patience, () -> "stopped while waiting for " + what.get());
    if (waitedNanos > patience.timeout().toNanos()) {
      throw failed("waited %d ms for %s in vain".formatted(waitedNanos / 1_000_000, what.get()));
    }
  }

  /** Throws if this member has been told to stop. */
  void checkStopped(Patience patience, Supplier<String> why) {
    if (Thread.currentThread().isInterrupted() || patience.stopped().getAsBoolean()) {
      throw failed(why.get());
    }
  }

  private CollectiveException failed(String why) {
    CollectiveException lost = new CollectiveException(why);
    fail(lost);
    return lost;
  }

  /** Throws if a member has failed. */
  void check() {
    if (failure != null) {
      throw new CollectiveException(failure.getMessage(), failure);
    }
  }

  /** Makes all members that wait look at their conditions. */
  void signal() {
    for (int member = 0; member < parked.length(); member++) {
      Thread thread = parked.get(member);
      if (thread != null) {
        LockSupport.unpark(thread);
      }
    }
  }

  /** Makes all waiting fail, now and later; the first cause counts. */
  synchronized void fail(CollectiveException cause) {
    if (failure == null) {
      failure = cause;
    }
    signal();
  }
}
