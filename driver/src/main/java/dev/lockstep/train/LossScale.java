package dev.lockstep.train;

import dev.lockstep.strategy.RoundResult;

/** What a displayed loss is a mean over. */
public enum LossScale {
  /** Examples: for losses that are a mean over the minibatch. */
  EXAMPLE,
  /** Minibatches: for losses that are a sum over the minibatch. */
  MINIBATCH;

  double loss(RoundResult round) {
    return round.lossSum() / (this == EXAMPLE ? round.examples() : round.minibatches());
  }
}
