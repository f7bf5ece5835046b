package dev.lockstep.strategy;

import java.time.Duration;
import java.util.function.Supplier;

/** How long training goes on in a lap. Where it ends never shows in a result. */
final class LapClock implements Supplier<Pause> {
  private final long startedAt = System.nanoTime();
  private final long look;
  private final long atMost;

  /**
   * @param look after which the driver waits no longer for a state that it is to look at
   * @param atMost after which no further round begins
   */
  LapClock(Duration look, Duration atMost) {
    this.look = look.toNanos();
    this.atMost = atMost.toNanos();
  }

  /** For rounds whose state the driver has anyhow, so that it hears of them by getting it. */
  static LapClock inDriver(Supervision supervision) {
    return new LapClock(supervision.every(), supervision.every());
  }

  @Override
  public Pause get() {
    long passed = System.nanoTime() - startedAt;
    return passed >= atMost ? Pause.NOW : passed >= look ? Pause.AT_LOOK : Pause.NONE;
  }
}
