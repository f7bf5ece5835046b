package dev.lockstep.data;

import java.util.Locale;

/** When files become examples that have to be decoded for that, as pictures have. */
public enum Decoding {
  /** When a run begins: workers hold what comes of them. */
  ONCE,
  /** Whenever an example is trained: workers hold the files' names. To the same bits. */
  EACH_EPOCH;

  /** As users write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
