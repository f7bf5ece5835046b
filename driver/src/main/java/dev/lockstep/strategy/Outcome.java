package dev.lockstep.strategy;

import dev.lockstep.models.ModelState;
import java.io.Serializable;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * What a segment brought.
 *
 * @param state the state all workers agree on
 * @param segment its slots
 * @param rounds how many rounds it had
 * @param trained what each worker did in all of them, by worker number
 * @param last what they did in the last
 */
public record Outcome(
    ModelState state, Segment segment, int rounds, List<WorkerResult> trained, RoundResult last)
    implements Serializable {

  /** Of one round. */
  static Outcome of(ModelState state, Segment round, List<WorkerResult> results) {
    List<WorkerResult> all = results.stream().map(WorkerResult::withoutTallies).toList();
    return new Outcome(state, round, 1, results, new RoundResult(round, all));
  }

  /** With the segment after it, as one segment. */
  Outcome plus(Outcome next) {
    return new Outcome(
        next.state,
        new Segment(segment.from(), next.segment.to()),
        rounds + next.rounds,
        IntStream.range(0, trained.size())
            .mapToObj(worker -> trained.get(worker).plus(next.trained.get(worker)))
            .toList(),
        next.last);
  }

  /** The same with what other workers did. */
  Outcome withTrained(List<WorkerResult> results) {
    return new Outcome(state, segment, rounds, results, last);
  }

  /** How many examples were trained. */
  public long examples() {
    return trained.stream().mapToLong(WorkerResult::examples).sum();
  }

  /**
   * The slot in which training diverged, if it did: the first in which a worker's loss was not
   * finite, or else the last before all agreed on parameters that are not.
   */
  public OptionalLong divergedAt() {
    OptionalLong byLoss = last.divergedAt();
    return byLoss.isPresent() || state.isFinite() ? byLoss : OptionalLong.of(last.round().to() - 1);
  }
}
