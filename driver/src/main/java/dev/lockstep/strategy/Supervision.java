package dev.lockstep.strategy;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * How the driver looks after workers while they train a lap. Where a lap ends never shows in a
 * result.
 *
 * @param every how often the driver wants to hear how far they are; after that time a lap ends with
 *     the next segment
 * @param atMost for how long they may train before it gets their state, if they can tell how far
 *     they are without; no further round begins after that
 * @param told takes how far they are, in the thread that runs them
 * @param stop asked often; once true, they stop soon after the round they are in
 */
public record Supervision(
    Duration every, Duration atMost, Consumer<Progress> told, BooleanSupplier stop) {

  /** Hears nothing before that time, and waits no longer. */
  public static Supervision none(Duration atMost) {
    return new Supervision(atMost, atMost, progress -> {}, () -> false);
  }

  /** The same, but for a shorter time: to lose less where workers were lost in the last attempt. */
  Supervision shorter() {
    Duration quarter = atMost.dividedBy(4);
    return new Supervision(every, quarter.compareTo(every) < 0 ? every : quarter, told, stop);
  }
}
