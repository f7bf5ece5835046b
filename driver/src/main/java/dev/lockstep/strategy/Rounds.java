package dev.lockstep.strategy;

/**
 * Where rounds of one length end. A rest at the end of a run, of at most 4 slots and a quarter of a
 * round, is trained in the round before it: replicas that have hardly parted are averaged to no
 * less noise than each of them has, and the run would end with it.
 *
 * @param length slots, at least 1
 * @param slots of the run, {@link Long#MAX_VALUE} where it is not known
 */
record Rounds(int length, long slots) {
  private static final int SHORT = 4;

  /** The end of the round that a slot is in; past the run's end for the last one. */
  long end(long slot) {
    long end = (slot / length + 1) * length;
    boolean restIsShort = end < slots && slots - end <= Math.min(SHORT, length / SHORT);
    return restIsShort ? end + length : end;
  }
}
