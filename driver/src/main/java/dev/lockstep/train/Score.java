package dev.lockstep.train;

import java.io.Serializable;

/**
 * How a model does on data that it was not trained on.
 *
 * @param loss the mean over examples
 * @param accuracy the share of examples that were recognised, 0..1; NaN where there are no classes
 */
public record Score(double loss, double accuracy) implements Serializable {
  /** Whether there are classes. */
  public boolean hasAccuracy() {
    return !Double.isNaN(accuracy);
  }
}
