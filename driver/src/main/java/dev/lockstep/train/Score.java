package dev.lockstep.train;

import java.io.Serializable;

/**
 * How a model does on data that it was not trained on.
 *
 * @param loss the mean over examples
 * @param accuracy the share of examples that were recognised, 0..1: of several labels of an example
 *     those all of whose labels were; NaN where numbers are predicted
 */
public record Score(double loss, double accuracy) implements Serializable {
  /** Whether there are classes or labels. */
  public boolean hasAccuracy() {
    return !Double.isNaN(accuracy);
  }
}
