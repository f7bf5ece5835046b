package dev.lockstep.strategy;

/**
 * Parameters averaged rarely without losing accuracy (local SGD: Stich 2019; Lin et al. 2020): the
 * minibatches of all workers together are one process' minibatch, at its learning rate, so that
 * each worker takes as many steps as one process would; and an outer optimizer (DiLoCo: Douillard
 * et al. 2023) goes on where averages point to. Measured in driver/docs/AVERAGING.md.
 */
public final class LocalSgd {
  /** Minibatches of each worker between two averages. */
  public static final int PERIOD = 100;

  /** What is made of averages, at the rule's usual rate and momentum. */
  public static final OuterRule RULE = OuterRule.NESTEROV;

  /** Of fewer examples, steps cost more than they bring. */
  private static final int LEAST = 4;

  private LocalSgd() {}

  /**
   * Examples in a minibatch of one worker.
   *
   * @param usual those in one process' minibatch
   * @param workers at least 1
   */
  public static int minibatch(int usual, int workers) {
    return Math.max(Math.min(LEAST, usual), usual / workers);
  }
}
