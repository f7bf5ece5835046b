package dev.lockstep.collective;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How long a member waits for others.
 *
 * @param timeout after which others are taken for lost
 * @param stopped whether this member has been told to stop
 */
public record Patience(Duration timeout, BooleanSupplier stopped) {
  public Patience {
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException("a timeout must be more than 0, not " + timeout);
    }
  }
}
