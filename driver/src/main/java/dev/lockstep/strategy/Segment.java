package dev.lockstep.strategy;

import java.io.Serializable;

/**
 * A stretch of training between two points where the driver acts.
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
