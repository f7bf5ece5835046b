package dev.lockstep.strategy;

import java.io.Serializable;

/**
 * Where a worker's time went, in nanoseconds. What Spark needs to start a worker is not in it.
 *
 * @param data assembling minibatches
 * @param compute forward, backward and update
 * @param combine combining what workers learnt
 * @param waiting for workers that had not come as far yet
 */
public record WorkerTime(long data, long compute, long combine, long waiting)
    implements Serializable {
  /** None. */
  public static final WorkerTime NONE = new WorkerTime(0, 0, 0, 0);

  /** Both together. */
  public WorkerTime plus(WorkerTime other) {
    return new WorkerTime(
        data + other.data,
        compute + other.compute,
        combine + other.combine,
        waiting + other.waiting);
  }

  /** All of it. */
  public long total() {
    return training() + combine + waiting;
  }

  /** What it trained for. */
  long training() {
    return data + compute;
  }
}
