package dev.lockstep.table;

/** What becomes of rows that cannot be used. */
public enum InvalidRows {
  /** The first ends the job. */
  ERROR,
  /** They are left out. */
  SKIP,
  /** Predictions keep them, with nulls and a reason; training leaves them out. */
  KEEP
}
