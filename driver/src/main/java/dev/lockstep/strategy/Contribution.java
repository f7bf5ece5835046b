package dev.lockstep.strategy;

import dev.lockstep.collective.Reducer;
import dev.lockstep.collective.Reduction;
import dev.lockstep.models.ModelState;
import java.io.Serializable;
import java.util.List;

/**
 * What a worker brings to the agreement at the end of a round, or all workers' contributions as
 * one.
 *
 * @param result what was trained
 * @param updates the update count of its network; of all, that of the busiest that trained
 * @param reduction how the vectors are combined
 * @param weight of its vectors, 0 if it trained nothing
 * @param moved the squared distance from where the round began, times the weight, where it is asked
 *     for; of all, the sum
 * @param vectors of the same lengths on all workers
 */
public record Contribution(
    WorkerResult result,
    int updates,
    Reduction reduction,
    double weight,
    double moved,
    float[]... vectors)
    implements Serializable {

  /** So little that beside any other nothing is left of it. */
  private static final double LEAST = 1e-20;

  /**
   * A worker's own network, of which all take the mean over the examples that were trained, by
   * their weights.
   */
  static Contribution replica(WorkerResult result, ModelState state) {
    return new Contribution(
        result,
        state.updates(),
        Reduction.MEAN,
        Math.max(result.weight(), LEAST * result.examples()),
        0,
        state.parameters(),
        state.updaterState());
  }

  /** The same with the squared distance that its network moved, which is weighted here. */
  Contribution moved(double squares) {
    return new Contribution(result, updates, reduction, weight, weight * squares, vectors);
  }

  /** The network that a replica is. */
  ModelState state() {
    return new ModelState(vectors[0], vectors[1], updates);
  }

  /**
   * All as one, combined in this thread.
   *
   * @param contributions by worker number
   * @throws IllegalArgumentException if no worker trained anything
   */
  static Contribution combine(List<Contribution> contributions) {
    Contribution first = contributions.get(0);
    double[] weights = contributions.stream().mapToDouble(Contribution::weight).toArray();
    float[][] combined = new float[first.vectors.length][];
    for (int v = 0; v < combined.length; v++) {
      int index = v;
      float[][] vectors =
          contributions.stream().map(each -> each.vectors[index]).toArray(float[][]::new);
      combined[v] = new Reducer().reduce(first.reduction, weights, vectors);
    }
    return first.combined(contributions.stream().map(Note::of).toList(), combined);
  }

  /**
   * All as one.
   *
   * @param notes what all workers tell of theirs
   * @param combined the vectors
   */
  Contribution combined(List<Note> notes, float[][] combined) {
    WorkerResult all =
        notes.stream()
            .map(Note::result)
            .reduce(WorkerResult.none(0), WorkerResult::plus)
            .withoutTallies();
    int updates =
        notes.stream()
            .filter(note -> note.result().examples() > 0)
            .mapToInt(Note::updates)
            .max()
            .orElseThrow();
    double moved = notes.stream().mapToDouble(Note::moved).sum();
    return new Contribution(all, updates, reduction, all.weight(), moved, combined);
  }
}
