package dev.lockstep.tests;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What a test does between two looks at what it waits for. */
final class Pause {
  private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private Pause() {}

  /** Leaves the core to what is waited for. */
  static void brief() {
    LockSupport.parkNanos(NANOS);
  }
}
