package dev.lockstep.data;

import java.io.Serializable;

/**
 * How one regression target is standardised: each value y as (y − mean) / deviation.
 *
 * @param mean of the training data
 * @param deviation the standard deviation of the training data; 1 for a target that never changes
 */
public record TargetScale(double mean, double deviation) implements Serializable {

  /**
   * Keeps out what would make every target the same, or none a number.
   *
   * @throws DataError if either is no finite number, or the deviation is not positive
   */
  public TargetScale {
    if (!Double.isFinite(mean) || !Double.isFinite(deviation) || deviation <= 0) {
      throw new DataError(
          "a target cannot be standardised by mean %s and deviation %s: expected finite numbers"
              .formatted(mean, deviation));
    }
  }

  /** What a network learns. */
  float standardised(float value) {
    return (float) ((value - mean) / deviation);
  }

  /** What a network's output means, in the data's units. */
  float restored(float output) {
    return (float) (output * deviation + mean);
  }
}
