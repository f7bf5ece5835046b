package dev.lockstep.strategy;

import dev.lockstep.data.SplitMix64;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Which examples were trained, in a form that does not depend on their order.
 *
 * @param epoch the epoch they were trained for, from 0
 * @param examples how many
 * @param hash the sum of a hash of each id
 */
public record Tally(int epoch, long examples, long hash) implements Serializable {

  /** None yet. */
  static Tally none(int epoch) {
    return new Tally(epoch, 0, 0);
  }

  /** With one more example. */
  Tally plus(long id) {
    return new Tally(epoch, examples + 1, hash + SplitMix64.mix(id));
  }

  /** With all of another. */
  Tally plus(Tally other) {
    return new Tally(epoch, examples + other.examples, hash + other.hash);
  }

  /**
   * Tallies of a stretch and of the one after it, as one.
   *
   * @param earlier by epoch, ascending
   * @param later by epoch, ascending, from the last epoch of {@code earlier} on
   */
  static List<Tally> join(List<Tally> earlier, List<Tally> later) {
    List<Tally> joined = new ArrayList<>(earlier);
    later.forEach(tally -> append(joined, tally));
    return joined;
  }

  /**
   * Adds what was trained next to tallies by epoch, ascending.
   *
   * @param next of the last of their epochs, or of a later one
   */
  static void append(List<Tally> tallies, Tally next) {
    int last = tallies.size() - 1;
    if (last >= 0 && tallies.get(last).epoch == next.epoch) {
      tallies.set(last, tallies.get(last).plus(next));
    } else {
      tallies.add(next);
    }
  }
}
