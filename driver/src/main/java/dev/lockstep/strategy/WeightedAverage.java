package dev.lockstep.strategy;

import dev.lockstep.models.ModelState;
import java.util.Comparator;
import java.util.List;

/** Σ nᵢ·wᵢ / Σ nᵢ over the examples really trained; the same for the updater's moments. */
public final class WeightedAverage {
  private WeightedAverage() {}

  /**
   * The average of the workers' states, weighted by the examples that each trained. A worker that
   * trained none contributes nothing. Sums are float64 in the order of worker numbers, so the order
   * in which results arrive cannot show, and the average of one worker is that worker's state to
   * the bit.
   *
   * @throws IllegalArgumentException if no worker trained anything
   */
  public static ModelState merge(List<Replica> replicas) {
    List<Replica> trained =
        replicas.stream()
            .filter(replica -> replica.result().examples() > 0)
            .sorted(Comparator.comparingInt(replica -> replica.result().worker()))
            .toList();
    if (trained.isEmpty()) {
      throw new IllegalArgumentException("no worker trained any example");
    }
    int updates =
        trained.stream().mapToInt(replica -> replica.state().updates()).max().orElseThrow();
    return new ModelState(
        average(trained, trained.stream().map(r -> r.state().parameters()).toList()),
        average(trained, trained.stream().map(r -> r.state().updaterState()).toList()),
        updates);
  }

  private static float[] average(List<Replica> weights, List<float[]> vectors) {
    double[] sum = new double[vectors.get(0).length];
    double total = 0;
    for (int k = 0; k < vectors.size(); k++) {
      long weight = weights.get(k).result().examples();
      float[] vector = vectors.get(k);
      total += weight;
      for (int i = 0; i < sum.length; i++) {
        sum[i] += weight * (double) vector[i];
      }
    }
    float[] average = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      average[i] = (float) (sum[i] / total);
    }
    return average;
  }
}
