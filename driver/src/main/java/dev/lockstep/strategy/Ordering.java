package dev.lockstep.strategy;

/** In which order a worker trains its examples. */
public enum Ordering {
  /** As they are stored, the same in every epoch. */
  AS_STORED,
  /** Shuffled anew for each epoch from the run's seed. */
  SHUFFLED
}
