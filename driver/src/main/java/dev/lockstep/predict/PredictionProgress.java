package dev.lockstep.predict;

/** Watches a run. */
public interface PredictionProgress {
  /** Nobody watches. */
  PredictionProgress NONE = new PredictionProgress() {};

  /**
   * Predicting starts.
   *
   * @param pictures how many there are
   * @param before how many of them an earlier run has done
   */
  default void started(long pictures, long before) {}

  /** Some more were done, including those before. */
  default void done(long pictures) {}

  /** No more come. */
  default void ended() {}
}
