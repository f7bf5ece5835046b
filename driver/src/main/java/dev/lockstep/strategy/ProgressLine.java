package dev.lockstep.strategy;

import dev.lockstep.spark.Desk;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A worker's line to the {@link ProgressDesk}: between rounds, and without waiting for an answer,
 * it tells how far all workers are, and hears whether to stop. Training does not depend on it.
 */
final class ProgressLine {
  /** How many times as long as it is to take an answer may; nobody waits for it meanwhile. */
  private static final int TIMES = 20;

  private final Orders orders;
  private final long every;
  private long toldAt = System.nanoTime();
  private Progress progress = Progress.NONE;
  private CompletableFuture<Boolean> answer = CompletableFuture.completedFuture(false);
  private boolean stop;

  /**
   * What the driver tells the workers of a lap.
   *
   * @param every how often the driver wants to hear how far they are, and to be heard
   * @param atMost after which no further round begins
   * @param desk the name of the {@link ProgressDesk}
   */
  record Orders(Duration every, Duration atMost, String desk) implements Serializable {}

  ProgressLine(Orders orders) {
    this.orders = orders;
    // Twice as often, since what the driver wants is heard with the next answer only.
    every = orders.every().toNanos() / 2;
  }

  /** Another round is done. */
  void done(Outcome round) {
    progress = progress.plus(round);
    if (answer.isDone()) {
      stop |= !answer.isCompletedExceptionally() && answer.join();
      if (System.nanoTime() - toldAt > every) {
        toldAt = System.nanoTime();
        answer = Desk.ask(orders.desk(), progress, TIMES * orders.every().toMillis() + 1);
      }
    }
  }

  /** What the driver wants, as far as it is known. */
  Pause wanted() {
    return stop ? Pause.NOW : Pause.NONE;
  }
}
