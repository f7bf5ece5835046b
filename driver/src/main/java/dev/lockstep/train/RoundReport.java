package dev.lockstep.train;

/**
 * Where a run is after a round.
 *
 * @param round rounds done in this process, from 1
 * @param steps minibatches trained since the run's start, over all workers
 * @param totalSteps minibatches of the whole run
 * @param epoch whole epochs trained since the run's start
 * @param examples examples trained in this process
 * @param loss of the round's minibatches before their updates: the mean over examples, or over
 *     minibatches where the network's loss is a sum
 * @param seconds since training began in this process
 * @param time of the rounds since the last report
 */
public record RoundReport(
    long round,
    long steps,
    long totalSteps,
    int epoch,
    long examples,
    double loss,
    double seconds,
    RoundTime time) {

  /** Training throughput in this process. */
  public double examplesPerSecond() {
    return examples / Math.max(seconds, 1e-9);
  }

  /** Seconds that the rest will take at the pace so far. */
  public double secondsLeft(long stepsAtStart) {
    long done = steps - stepsAtStart;
    return done == 0 ? 0 : seconds / done * (totalSteps - steps);
  }
}
