package dev.lockstep.strategy;

import java.io.Serializable;

/**
 * How far all workers are in a lap that they still train.
 *
 * @param slot the end of the last round
 * @param rounds done in the lap
 * @param examples trained in the lap
 * @param lastWeight of the examples that were trained in the last round, together
 * @param lastMinibatches trained in the last round
 * @param lastLossSum the loss of each of these examples before its update, times its weight, summed
 */
public record Progress(
    long slot,
    long rounds,
    long examples,
    double lastWeight,
    long lastMinibatches,
    double lastLossSum)
    implements Serializable {

  /** Before the first round. */
  static final Progress NONE = new Progress(0, 0, 0, 0, 0, 0);

  /** With one more round. */
  Progress plus(Outcome round) {
    return new Progress(
        round.segment().to(),
        rounds + 1,
        examples + round.lastExamples(),
        round.lastWeight(),
        round.lastMinibatches(),
        round.lastLossSum());
  }
}
