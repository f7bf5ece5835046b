package dev.lockstep.strategy;

import dev.lockstep.models.ModelState;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a segment brought.
 *
 * @param state the state all workers agree on
 * @param results what each worker did, by worker number
 */
public record Outcome(ModelState state, List<WorkerResult> results) {

  /** How many examples were trained. */
  public long examples() {
    return results.stream().mapToLong(WorkerResult::examples).sum();
  }

  /** How many minibatches were trained, over all workers. */
  public long minibatches() {
    return results.stream().mapToLong(WorkerResult::minibatches).sum();
  }

  /** The loss of each example before its update, summed. */
  public double lossSum() {
    return results.stream().mapToDouble(WorkerResult::lossSum).sum();
  }

  /** The first slot in which a worker's loss was not finite, if there was one. */
  public OptionalLong divergedAt() {
    return results.stream().mapToLong(WorkerResult::divergedAt).filter(slot -> slot >= 0).min();
  }
}
