package dev.lockstep.collective;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where the members in this process meet, again and again.
 *
 * <p>What a member did before it came is visible to all after they went on: each comes with an
 * atomic increment of {@code arrived}, which the last one's increment reads; the last then writes
 * {@code phase}, which is volatile and which each of the others reads before it goes on. What the
 * last one does {@code lastly} lies between the two. Plain fields and arrays that are written
 * before a meeting and read after it need nothing else.
 */
final class Barrier {
  private final int members;
  private final Waiting waiting;
  private final AtomicInteger arrived = new AtomicInteger();
  private volatile int phase;

  Barrier(int members, Waiting waiting) {
    this.members = members;
    this.waiting = waiting;
  }

  /**
   * Waits for all members.
   *
   * @param lastly what the last one does before all go on
   */
  void await(int member, Patience patience, Runnable lastly) {
    waiting.check();
    int entered = phase;
    if (arrived.incrementAndGet() == members) {
      lastly.run();
      arrived.set(0);
      phase = entered + 1;
      waiting.signal();
    } else {
      waiting.await(
          member, patience, () -> phase != entered, () -> "other workers of this process");
    }
  }
}
