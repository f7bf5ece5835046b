package dev.lockstep.report.tensorboard;

import dev.lockstep.train.RoundReport;

/** When it is time again for what costs more than a number does. */
final class Pace {
  private final int most;
  private final double seconds;
  private long nextSteps;
  private double nextSeconds;

  /**
   * @param most times in a run, evenly over its steps
   * @param seconds of training between two times, at least
   */
  Pace(int most, double seconds) {
    this.most = most;
    this.seconds = seconds;
  }

  /** Whether it is time; if so, it is not again for a while. */
  boolean due(RoundReport report) {
    if (report.steps() < nextSteps || report.seconds() < nextSeconds) {
      return false;
    }
    nextSteps = report.steps() + report.totalSteps() / most;
    nextSeconds = report.seconds() + seconds;
    return true;
  }
}
