package dev.lockstep.train;

import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.strategy.Outcome;
import dev.lockstep.strategy.Progress;

/** What a displayed loss is a mean over. */
public enum LossScale {
  /** Examples: for losses that are a mean over the minibatch. */
  EXAMPLE,
  /** Minibatches: for losses that are a sum over the minibatch. */
  MINIBATCH;

  /** As a network's own loss is. */
  static LossScale of(NetworkDefinition network) {
    return network.dividesByMinibatch() ? EXAMPLE : MINIBATCH;
  }

  /** Of the last round. */
  double loss(Outcome outcome) {
    return loss(outcome.lastLossSum(), outcome.lastExamples(), outcome.lastMinibatches());
  }

  /** Of the last round. */
  double loss(Progress progress) {
    return loss(progress.lastLossSum(), progress.lastExamples(), progress.lastMinibatches());
  }

  private double loss(double sum, long examples, long minibatches) {
    return sum / (this == EXAMPLE ? examples : minibatches);
  }
}
