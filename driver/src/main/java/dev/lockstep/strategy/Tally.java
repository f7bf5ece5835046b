package dev.lockstep.strategy;

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
    return new Tally(epoch, examples + 1, hash + mix(id));
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
    for (Tally tally : later) {
      int last = joined.size() - 1;
      if (last >= 0 && joined.get(last).epoch == tally.epoch) {
        joined.set(last, joined.get(last).plus(tally));
      } else {
        joined.add(tally);
      }
    }
    return joined;
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014): every bit depends on every bit. */
  private static long mix(long id) {
    long z = id + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
