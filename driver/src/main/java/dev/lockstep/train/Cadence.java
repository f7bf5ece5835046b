package dev.lockstep.train;

import dev.lockstep.strategy.Schedule;

/**
 * How often something is done.
 *
 * @param every at least 1
 * @param unit what is counted
 */
public record Cadence(long every, Unit unit) {

  /** What a cadence counts. */
  public enum Unit {
    /** Minibatches, over all workers together. */
    STEPS,
    /** Minibatches of each worker. */
    SLOTS,
    /** Whole epochs. */
    EPOCHS
  }

  /** Every so many minibatches, over all workers together. */
  public static Cadence steps(long every) {
    return new Cadence(every, Unit.STEPS);
  }

  /** Every so many minibatches of each worker. */
  public static Cadence slots(long every) {
    return new Cadence(every, Unit.SLOTS);
  }

  /** Every so many epochs. */
  public static Cadence epochs(long every) {
    return new Cadence(every, Unit.EPOCHS);
  }

  /** At the end only. */
  public static Cadence atEnd() {
    return new Cadence(Long.MAX_VALUE, Unit.EPOCHS);
  }

  public Cadence {
    if (every < 1) {
      throw new IllegalArgumentException("every must be at least 1, not " + every);
    }
  }

  /** Whether a multiple of {@code every} was reached between two slots. */
  boolean due(Schedule schedule, long from, long to) {
    return count(schedule, to) / every > count(schedule, from) / every;
  }

  /** How many of the unit are done before the slot. */
  long count(Schedule schedule, long slot) {
    return switch (unit) {
      case STEPS -> schedule.steps(slot);
      case SLOTS -> slot;
      case EPOCHS -> schedule.epochs(slot);
    };
  }
}
