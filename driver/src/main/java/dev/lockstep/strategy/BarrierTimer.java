package dev.lockstep.strategy;

import org.apache.spark.BarrierTaskContext$;

/**
 * The timer that Spark's class of barrier tasks starts when it is first needed. Its thread would
 * keep a JVM alive that has nothing else to do, such as a Spark shell that was left.
 */
final class BarrierTimer {
  private BarrierTimer() {}

  /** Starts it from a daemon thread, as its own is then one too. */
  static void startAsDaemon() {
    Thread first = new Thread(() -> BarrierTaskContext$.MODULE$.hashCode());
    first.setDaemon(true);
    first.start();
    try {
      first.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
