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
 * @param lastRound the slots of the last
 * @param last what each worker did in it, without tallies
 */
public record Outcome(
    ModelState state,
    Segment segment,
    int rounds,
    List<WorkerResult> trained,
    Segment lastRound,
    List<WorkerResult> last)
    implements Serializable {

  /** Of one round. */
  static Outcome of(ModelState state, Segment round, List<WorkerResult> results) {
    List<WorkerResult> all = results.stream().map(WorkerResult::withoutTallies).toList();
    return new Outcome(state, round, 1, results, round, all);
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
        next.lastRound,
        next.last);
  }

  /** As it goes home from all workers but one: all agree on the same state. */
  Outcome withoutState() {
    return new Outcome(null, segment, rounds, trained, lastRound, last);
  }

  /** The same with what other workers did. */
  Outcome withTrained(List<WorkerResult> results) {
    return new Outcome(state, segment, rounds, results, lastRound, last);
  }

  /** How many examples were trained. */
  public long examples() {
    return sum(trained);
  }

  /** How many examples were trained in the last round. */
  public long lastExamples() {
    return sum(last);
  }

  /** How much the examples of the last round count, together. */
  public double lastWeight() {
    return last.stream().mapToDouble(WorkerResult::weight).sum();
  }

  /** How many minibatches were trained in the last round, over all workers. */
  public long lastMinibatches() {
    return last.stream().mapToLong(WorkerResult::minibatches).sum();
  }

  /** The loss of each example of the last round before its update, times its weight, summed. */
  public double lastLossSum() {
    return last.stream().mapToDouble(WorkerResult::lossSum).sum();
  }

  private static long sum(List<WorkerResult> results) {
    return results.stream().mapToLong(WorkerResult::examples).sum();
  }

  /**
   * The slot in which training diverged, if it did: the first in which a worker's loss was not
   * finite, or else the last before all agreed on parameters that are not.
   */
  public OptionalLong divergedAt() {
    OptionalLong byLoss =
        last.stream().mapToLong(WorkerResult::divergedAt).filter(slot -> slot >= 0).min();
    return byLoss.isPresent() || state.isFinite() ? byLoss : OptionalLong.of(lastRound.to() - 1);
  }
}
