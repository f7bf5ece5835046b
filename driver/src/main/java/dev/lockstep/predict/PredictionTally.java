package dev.lockstep.predict;

import java.io.Serializable;

/**
 * What is to be told of many predictions, whose size does not grow with their number. Tallies can
 * be merged in any order.
 *
 * @param <T> the kind of tally
 */
public interface PredictionTally<T extends PredictionTally<T>> extends Serializable {
  /** Both together. */
  T merge(T other);

  /** How many examples there were, whatever became of them. */
  long examples();
}
