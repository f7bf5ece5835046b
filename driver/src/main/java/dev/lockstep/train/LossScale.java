package dev.lockstep.train;

import dev.lockstep.strategy.Outcome;

/** What a displayed loss is a mean over. */
public enum LossScale {
  /** Examples: for losses that are a mean over the minibatch. */
  EXAMPLE,
  /** Minibatches: for losses that are a sum over the minibatch. */
  MINIBATCH;

  double loss(Outcome outcome) {
    return outcome.lossSum() / (this == EXAMPLE ? outcome.examples() : outcome.minibatches());
  }
}
