package dev.lockstep.strategy;

import java.util.Locale;

/** What becomes of the updater's moments, such as Adam's, where parameters are averaged. */
public enum UpdaterState {
  /** They are averaged as the parameters are, and the step count goes on. */
  AVERAGED,
  /**
   * Each round begins without moments and at step 1: half the traffic, and for Adam steps that are
   * corrected as the first ones are. A schedule by iterations begins anew as well.
   */
  RESET;

  /** As users write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads what users write.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static UpdaterState of(String value) {
    for (UpdaterState state : values()) {
      if (state.toString().equals(value)) {
        return state;
      }
    }
    throw new IllegalArgumentException("expected averaged or reset, found '%s'".formatted(value));
  }
}
