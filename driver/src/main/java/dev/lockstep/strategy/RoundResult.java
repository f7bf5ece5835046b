package dev.lockstep.strategy;

import java.io.Serializable;
import java.util.List;
import java.util.OptionalLong;

/**
 * What all workers did in one round.
 *
 * @param round its slots
 * @param results by worker number, without tallies
 */
public record RoundResult(Segment round, List<WorkerResult> results) implements Serializable {

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
