package dev.lockstep.strategy;

import java.io.Serializable;

/**
 * A stretch of slots: a round, or the rounds between two points where the driver looks at the
 * state.
 *
 * @param from the first slot
 * @param to the slot after the last
 */
public record Segment(long from, long to) implements Serializable {
  public Segment {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException("no segment: slots " + from + " to " + to);
    }
  }
}
