package dev.lockstep.bench;

import java.util.Locale;

/** What Lockstep is compared with. */
public enum Framework {
  /** Its other ways to train over Spark. */
  LOCKSTEP,
  /** DL4J in one process beside its Spark layer. */
  DL4J_SPARK,
  /** Spark's own learners. */
  MLLIB,
  /** DL4J's own fit on one core, step by step. */
  DL4J,
  /** PyTorch on one core, step by step. */
  PYTORCH;

  /** Whether it is a {@link Peer}, on one core, else trains over Spark. */
  public boolean isPeer() {
    return this == DL4J || this == PYTORCH;
  }

  /** As users write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
