package dev.lockstep.bench;

/** What Lockstep as it trains by default is compared with. */
public enum Rival {
  /** Its other ways to train. */
  LOCKSTEP,
  /** DL4J in one process, and its Spark layer. */
  DL4J,
  /** Spark's own learners. */
  MLLIB
}
