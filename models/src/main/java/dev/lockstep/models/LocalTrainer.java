package dev.lockstep.models;

/**
 * Trains one replica of a network inside one thread. Its whole state is a {@link ModelState}: after
 * {@link #load} nothing of earlier use remains, so any worker can continue any round.
 */
public interface LocalTrainer {

  /** Replaces parameters, updater state and update count. */
  void load(ModelState state);

  /** Seeds what is random inside a step, such as dropout masks, of this thread. */
  void seed(long seed);

  /** Tells the epoch, from 0, to what has a schedule by epochs. */
  void epoch(int number);

  /**
   * Multiplies learning rates from here on, whatever schedules of their own they have: 1 until told
   * otherwise. Updaters that have no rate stay as they are.
   *
   * @param factor at least 0
   */
  void rate(double factor);

  /** A copy of the present state. */
  ModelState state();

  /**
   * One update from one minibatch.
   *
   * @return the loss before the update, summed over the minibatch's examples (never averaged), each
   *     times its weight, with no regularisation term
   */
  double step(Minibatch minibatch);

  /**
   * The gradient at the present parameters, which stay as they are.
   *
   * @param sum receives float32 [parameterCount]: the gradient summed over the examples, each times
   *     its weight
   * @return the loss, as {@link #step} gives it
   */
  double gradient(Minibatch minibatch, float[] sum);

  /**
   * One update from a gradient summed over {@code examples} examples, as if they had been one
   * minibatch.
   *
   * @param weight of all of them together
   */
  void apply(float[] sum, int examples, double weight);

  /** The same of examples that all count 1. */
  default void apply(float[] sum, int examples) {
    apply(sum, examples, examples);
  }

  /**
   * The loss at the present parameters, as {@link #step} gives it, without dropout; of a pass as
   * {@link #output}'s.
   */
  double loss(Minibatch minibatch);

  /**
   * The network's output, of each example the same bits in any minibatch of at most {@link
   * #passSize}.
   *
   * @return float32 [size, labelLength]: probabilities of a classifier, values of a regression
   */
  float[] output(Minibatch minibatch);

  /**
   * How many examples a pass without training computes at once. Fewer are computed as so many: the
   * kernels of matrix products, and so the last bits of what they give, follow from the number of
   * rows. What is given at once is to be at most so many, which fit in memory; the network alone
   * decides.
   */
  int passSize();

  /** Releases what it holds outside the heap; it cannot be used any more. */
  default void close() {}

  /** What {@link #loss} and {@link #output} give, of one forward pass where that can be. */
  default Assessment assess(Minibatch minibatch) {
    return new Assessment(loss(minibatch), output(minibatch));
  }

  /**
   * How a network does on a minibatch.
   *
   * @param loss as {@link #loss} gives it
   * @param output as {@link #output} gives it
   */
  record Assessment(double loss, float[] output) {}
}
