package dev.lockstep.report;

import dev.lockstep.train.RunListener;

/** Keeps of a run what people look at later; never steers it. */
public interface RunReporter extends RunListener {

  /** A line about how the run goes that people are told. */
  default void notice(String line) {}

  /** The run is done, and its model tested. */
  void finished(RunEnd end);

  /**
   * The run was asked to stop, after a checkpoint.
   *
   * @param command that goes on with it
   */
  void interrupted(String command);

  /** Training broke off. */
  void failed(RuntimeException cause);
}
