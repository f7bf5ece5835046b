package dev.lockstep.task;

import dev.lockstep.models.network.MomentDecays;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.strategy.OuterOptimizer;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was said of how training starts and goes on.
 *
 * @param optimizer the update rule; empty for the task's own
 * @param learningRate more than 0; empty for the task's own
 * @param workers how many there are, at least 1
 * @param averaged how many workers' steps are averaged into one, at least 1
 * @param share what a minibatch is of the usual one, above 0 to 1, where it was made smaller for
 *     there are many workers
 * @param outer what is made of averages of parameters
 * @param seed of the initial parameters
 */
public record StartChoice(
    Optional<Optimizer> optimizer,
    OptionalDouble learningRate,
    int workers,
    int averaged,
    double share,
    OuterOptimizer outer,
    long seed) {

  /**
   * Adam's where so many minibatches' steps are averaged: an outer optimizer has momentum itself.
   */
  public MomentDecays decays(double minibatches) {
    return new MomentDecays(outer.equals(OuterOptimizer.NONE) ? 1 : minibatches, minibatches);
  }
}
