package dev.lockstep.train;

import dev.lockstep.models.ModelState;

/**
 * What a run ended with.
 *
 * @param state the trained model, with weights averaged over time if there are any
 * @param steps minibatches trained since the run's start, over all workers
 * @param epochs whole epochs trained since the run's start
 * @param examples examples trained in this process
 * @param loss of the last round, as {@link RoundReport#loss()}
 * @param seconds of training in this process, with checkpoints and validation
 * @param time of all rounds in this process
 * @param ending why it ended
 */
public record RunResult(
    ModelState state,
    long steps,
    int epochs,
    long examples,
    double loss,
    double seconds,
    RoundTime time,
    Ending ending) {

  /** Why a run ends. */
  public enum Ending {
    /** It has not ended. */
    NONE,
    /** All was trained. */
    COMPLETE,
    /** Nothing better was to be expected. */
    EARLY,
    /** It was asked to; a checkpoint is written. */
    INTERRUPTED
  }
}
