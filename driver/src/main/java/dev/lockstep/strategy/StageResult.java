package dev.lockstep.strategy;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a worker of a barrier stage returns.
 *
 * @param trained what it did in each segment
 * @param outcomes of the segments, from worker 0 only, since all end with the same states
 */
record StageResult(List<WorkerResult> trained, List<Outcome> outcomes) implements Serializable {

  static StageResult of(int worker, List<Outcome> outcomes) {
    List<WorkerResult> trained = outcomes.stream().map(o -> o.trained().get(0)).toList();
    return new StageResult(trained, worker == 0 ? outcomes : List.of());
  }

  /**
   * The outcomes with what each worker did.
   *
   * @param results by worker number
   */
  static List<Outcome> join(List<StageResult> results) {
    List<Outcome> outcomes = results.get(0).outcomes();
    return IntStream.range(0, outcomes.size())
        .mapToObj(
            k -> {
              Outcome outcome = outcomes.get(k);
              List<WorkerResult> trained = results.stream().map(r -> r.trained().get(k)).toList();
              return outcome.withTrained(trained);
            })
        .toList();
  }
}
