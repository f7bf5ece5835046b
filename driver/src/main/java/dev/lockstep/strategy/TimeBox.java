package dev.lockstep.strategy;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** How long workers train before they tell the driver. Where it ends never shows in a result. */
final class TimeBox implements BooleanSupplier {
  private final long startedAt = System.nanoTime();
  private final long nanos;

  TimeBox(Duration atMost) {
    nanos = atMost.toNanos();
  }

  /** Whether the time is over. */
  @Override
  public boolean getAsBoolean() {
    return System.nanoTime() - startedAt >= nanos;
  }
}
