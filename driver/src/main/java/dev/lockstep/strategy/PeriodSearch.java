package dev.lockstep.strategy;

import dev.lockstep.models.ModelState;
import java.util.Arrays;

/**
 * What an {@link AutomaticPeriod} knows; the same on all workers. It is kept as the last values of
 * the outer optimizer's state.
 *
 * @param period minibatches of each worker in a round
 * @param own of the rounds since the last decision, the mean square of what they changed in a
 *     worker's network, summed
 * @param joint the square of what they changed in the average, summed
 * @param mutual the mean product of what they changed in two workers' networks, summed
 * @param loss of the examples trained since then, summed
 * @param examples how many these are
 * @param leastLoss the least mean loss between two decisions with this period: replicas that go
 *     alone for longer are worse than their average, so that others do not compare
 * @param agreement as found when it was decided last
 * @param spread likewise
 */
record PeriodSearch(
    int period,
    float own,
    float joint,
    float mutual,
    float loss,
    float examples,
    float leastLoss,
    float agreement,
    float spread) {
  private static final int VALUES = 9;

  /** From which agreement on rounds become longer: more than chance. */
  private static final double LENGTHENS = 0.02;

  /** How many times the least loss with this period the loss may be. */
  private static final double MOST_LOSS = 2;

  private static final PeriodSearch FIRST =
      new PeriodSearch(1, 0, 0, 0, 0, 0, Float.POSITIVE_INFINITY, Float.NaN, Float.NaN);

  /** That of a state; one that begins if it has none. */
  static PeriodSearch of(ModelState state) {
    float[] values = state.outerState();
    if (values.length == 0) {
      return FIRST;
    }
    int at = values.length - VALUES;
    return new PeriodSearch(
        (int) values[at],
        values[at + 1],
        values[at + 2],
        values[at + 3],
        values[at + 4],
        values[at + 5],
        values[at + 6],
        values[at + 7],
        values[at + 8]);
  }

  /** A state as the outer optimizer knows it. */
  static ModelState without(ModelState state) {
    float[] values = state.outerState();
    return values.length == 0
        ? state
        : state.withOuterState(Arrays.copyOf(values, values.length - VALUES));
  }

  /** A state of the outer optimizer with this. */
  ModelState with(ModelState state) {
    float[] values = Arrays.copyOf(state.outerState(), state.outerState().length + VALUES);
    int at = state.outerState().length;
    values[at] = period;
    values[at + 1] = own;
    values[at + 2] = joint;
    values[at + 3] = mutual;
    values[at + 4] = loss;
    values[at + 5] = examples;
    values[at + 6] = leastLoss;
    values[at + 7] = agreement;
    values[at + 8] = spread;
    return state.withOuterState(values);
  }

  /**
   * After a round.
   *
   * @param all what all workers brought
   * @param together the squared distance that their average moved
   */
  PeriodSearch after(Contribution all, double together, int workers) {
    double square = all.moved() / all.weight();
    // Of k equal weights the square of the mean is (mean square + (k - 1) mean product) / k.
    double product = workers == 1 ? together : (workers * together - square) / (workers - 1);
    return new PeriodSearch(
        period,
        (float) (own + square),
        (float) (joint + together),
        (float) (mutual + product),
        (float) (loss + all.result().lossSum()),
        examples + all.result().examples(),
        leastLoss,
        agreement,
        spread);
  }

  /**
   * With the period of the rounds that come.
   *
   * @param longest that there may be
   */
  PeriodSearch decided(int longest) {
    float found = own == 0 ? 1 : Math.max(0, mutual / own);
    float apart = (float) Math.sqrt(Math.max(0, own - joint) / Math.max(joint, Float.MIN_NORMAL));
    float mean = loss / examples;
    int next = period;
    if (mean > MOST_LOSS * leastLoss) {
      next = Math.max(1, period / 2);
    } else if (found >= LENGTHENS) {
      next = Math.min(longest, period * 2);
    }
    float least = next == period ? Math.min(leastLoss, mean) : Float.POSITIVE_INFINITY;
    return new PeriodSearch(next, 0, 0, 0, 0, 0, least, found, apart);
  }

  /** As people see it. */
  FoundPeriod found() {
    return new FoundPeriod(period, agreement, spread);
  }
}
