package dev.lockstep.strategy;

import dev.lockstep.collective.Reducer;
import java.util.List;

/**
 * All workers' contributions to a round as one.
 *
 * @param vectors the contributed vectors, combined
 * @param examples how many were trained
 * @param updates the update count of the busiest worker that trained
 */
public record Combined(float[][] vectors, long examples, int updates) {

  /**
   * Combines in this thread.
   *
   * @param contributions by worker number
   * @throws IllegalArgumentException if no worker trained anything
   */
  static Combined of(List<Contribution> contributions) {
    Contribution first = contributions.get(0);
    double[] weights = contributions.stream().mapToDouble(Contribution::weight).toArray();
    float[][] combined = new float[first.vectors().length][];
    for (int v = 0; v < combined.length; v++) {
      int index = v;
      float[][] vectors =
          contributions.stream().map(c -> c.vectors()[index]).toArray(float[][]::new);
      combined[v] = new Reducer().reduce(first.reduction(), weights, vectors);
    }
    return new Combined(
        combined,
        contributions.stream().mapToLong(c -> c.result().examples()).sum(),
        contributions.stream()
            .filter(c -> c.weight() > 0)
            .mapToInt(Contribution::updates)
            .max()
            .orElseThrow());
  }
}
