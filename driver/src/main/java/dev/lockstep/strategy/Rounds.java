package dev.lockstep.strategy;

/**
 * Where rounds of one length end. A rest at the end of a run, of at most 4 slots and a quarter of a
 * round, is no round of its own: replicas that have hardly parted are averaged to no less noise
 * than each of them has, and the run would end with it. The last whole round and the rest are two
 * rounds of half their length instead.
 *
 * @param length slots, at least 1
 * @param slots of the run, {@link Long#MAX_VALUE} where it is not known
 */
record Rounds(int length, long slots) {
  private static final int SHORT = 4;

  /** The end of the round that a slot is in; past the run's end for the last one. */
  long end(long slot) {
    long whole = (slot / length + 1) * length;
    if (!restIsShort(whole)) {
      return whole;
    }
    long middle = slots - (slots - whole + length) / 2;
    return slot < middle ? middle : whole + length;
  }

  /** The same, where longer runs have rounds that end there. */
  long commonEnd(long slot) {
    long whole = (slot / length + 1) * length;
    return restIsShort(whole) ? whole + length : whole;
  }

  private boolean restIsShort(long end) {
    return end < slots && slots - end <= Math.min(SHORT, length / SHORT);
  }
}
