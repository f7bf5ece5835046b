package dev.lockstep.train;

import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.strategy.Outcome;
import dev.lockstep.strategy.Progress;

/** What a displayed loss is a mean over. */
public enum LossScale {
  /** Examples, by their weights: for losses that are a mean over the minibatch. */
  EXAMPLE,
  /** Minibatches: for losses that are a sum over the minibatch. */
  MINIBATCH;

  /** As a network's own loss is. */
  static LossScale of(NetworkDefinition network) {
    return network.dividesByMinibatch() ? EXAMPLE : MINIBATCH;
  }

  /** Of the last round. */
  double loss(Outcome outcome) {
    return loss(this, outcome.lastLossSum(), outcome.lastWeight(), outcome.lastMinibatches());
  }

  /** Of the last round. */
  double loss(Progress progress) {
    return loss(this, progress.lastLossSum(), progress.lastWeight(), progress.lastMinibatches());
  }

  private static double loss(LossScale scale, double sum, double weight, long minibatches) {
    if (scale == MINIBATCH) {
      return sum / minibatches;
    }
    return weight == 0 ? 0 : sum / weight; // of no weight at all no loss counts
  }
}
