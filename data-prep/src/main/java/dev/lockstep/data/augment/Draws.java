package dev.lockstep.data.augment;

import dev.lockstep.data.SplitMix64;

/** Random numbers of one change of one example in one epoch: SplitMix64 from a seed of its own. */
final class Draws {
  private static final long GAMMA = 0x9e3779b97f4a7c15L;
  private static final double UNIT = 0x1p-53;

  private long state;

  private Draws(long state) {
    this.state = state;
  }

  /** The same for the same numbers, and for others as if it had nothing to do with it. */
  static Draws of(long seed, long epoch, long id, int change) {
    long mixed = SplitMix64.mix(SplitMix64.mix(SplitMix64.mix(seed) + epoch) + id);
    return new Draws(SplitMix64.mix(mixed + change));
  }

  /** From 0 to below 1. */
  double unit() {
    state += GAMMA;
    return (SplitMix64.mix(state) >>> 11) * UNIT;
  }

  /** From −1 to below 1. */
  double around() {
    return 2 * unit() - 1;
  }

  /** From 0 to below a limit. */
  int below(int limit) {
    return (int) (unit() * limit);
  }

  /** From −most to most. */
  int within(int most) {
    return below(2 * most + 1) - most;
  }
}
