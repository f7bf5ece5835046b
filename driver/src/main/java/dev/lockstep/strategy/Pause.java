package dev.lockstep.strategy;

/** Whether training is to pause after a round, for the driver to be told what there is. */
enum Pause {
  /** It goes on. */
  NONE,
  /** Where the segment ends, since the driver looks at the state there. */
  AT_LOOK,
  /** Here. */
  NOW;

  /** What is to be done where workers want different things: all do the same. */
  Pause or(Pause other) {
    return compareTo(other) < 0 ? other : this;
  }
}
