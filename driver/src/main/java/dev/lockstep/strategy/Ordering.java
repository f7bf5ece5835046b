package dev.lockstep.strategy;

import dev.lockstep.data.chunk.ChunkPlan;
import dev.lockstep.data.chunk.WindowOrder;

/** In which order a worker trains its examples. */
public enum Ordering {
  /** As they are stored, the same in every epoch. */
  AS_STORED,
  /** Shuffled anew for each epoch from the run's seed. */
  SHUFFLED;

  /** Of examples of which only some are in memory. */
  WindowOrder.Kind ofWindows() {
    return this == AS_STORED ? WindowOrder.Kind.AS_STORED : WindowOrder.Kind.SHUFFLED;
  }

  /** How examples are stored that do not fit in memory. */
  public ChunkPlan.Storing storing() {
    return this == AS_STORED ? ChunkPlan.Storing.IN_ORDER : ChunkPlan.Storing.DEALT;
  }
}
