package dev.lockstep.train;

import dev.lockstep.models.ModelState;
import dev.lockstep.strategy.FoundPeriod;

/** Watches a run; never steers it. */
public interface RunListener {

  /** The run goes on at a checkpoint. */
  default void resuming(long steps) {}

  /** Training begins or continues. */
  default void started(long steps, long totalSteps) {}

  /**
   * How far workers are, about each second while the driver does not have their state; the report
   * tells no times. Rounds that are repeated, as a worker was lost, are told again.
   */
  default void progress(RoundReport report) {}

  /** Some rounds are done, and the driver has their state; the report is of the last. */
  default void round(RoundReport report) {}

  /** A round after which the run's figures are to be displayed is done. */
  default void display(RoundReport report, ModelState state) {}

  /** After a display of a run that looks for its averaging period: what it has found. */
  default void found(RoundReport report, FoundPeriod period) {}

  /** The model was evaluated on validation data. */
  default void validated(RoundReport report, Evaluation evaluation) {}

  /** The model of weights averaged over time was evaluated, after that which is trained. */
  default void averageValidated(RoundReport report, Evaluation evaluation) {}

  /**
   * Training ends before its time, with the best model there was.
   *
   * @param best when that was, and how good
   */
  default void stoppedEarly(RoundReport report, EarlyStopping.Seen best) {}

  /** A checkpoint was written. */
  default void checkpoint(RoundReport report, ModelState state, String file) {}

  /** Training has ended, well or not. */
  default void ended() {}
}
