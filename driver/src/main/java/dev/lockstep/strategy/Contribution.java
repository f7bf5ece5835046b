package dev.lockstep.strategy;

import dev.lockstep.collective.Reduction;
import dev.lockstep.models.ModelState;
import java.io.Serializable;

/**
 * What a worker brings to the agreement at the end of a round.
 *
 * @param result what it trained
 * @param updates the update count of its network
 * @param reduction how the vectors are combined
 * @param weight of its vectors, 0 if it trained nothing
 * @param vectors of the same lengths on all workers
 */
public record Contribution(
    WorkerResult result, int updates, Reduction reduction, double weight, float[]... vectors)
    implements Serializable {

  /** A worker's own network, of which all take the mean over the examples that were trained. */
  static Contribution replica(WorkerResult result, ModelState state) {
    return new Contribution(
        result,
        state.updates(),
        Reduction.MEAN,
        result.examples(),
        state.parameters(),
        state.updaterState());
  }

  /** The network that a replica is. */
  ModelState state() {
    return new ModelState(vectors[0], vectors[1], updates);
  }
}
