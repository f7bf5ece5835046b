package dev.lockstep.strategy;

import java.io.Serializable;
import java.util.List;

/**
 * What one worker did in a stretch of slots.
 *
 * @param worker its number, from 0
 * @param examples how many examples it trained
 * @param weight how much these examples count, together
 * @param minibatches how many updates it made
 * @param lossSum the loss of each example before its update, times its weight, summed
 * @param divergedAt the slot in which the loss was not finite and the worker stopped, or -1
 * @param tallies which examples, by epoch, ascending
 * @param time that it took; tells of the machine, and never enters a result
 */
public record WorkerResult(
    int worker,
    long examples,
    double weight,
    int minibatches,
    double lossSum,
    long divergedAt,
    List<Tally> tallies,
    WorkerTime time)
    implements Serializable {

  /** Of examples that all count 1. */
  public WorkerResult(
      int worker,
      long examples,
      int minibatches,
      double lossSum,
      long divergedAt,
      List<Tally> tallies,
      WorkerTime time) {
    this(worker, examples, examples, minibatches, lossSum, divergedAt, tallies, time);
  }

  /** Nothing. */
  static WorkerResult none(int worker) {
    return new WorkerResult(worker, 0, 0, 0, 0, -1, List.of(), WorkerTime.NONE);
  }

  /** The same without saying which examples. */
  WorkerResult withoutTallies() {
    return new WorkerResult(
        worker, examples, weight, minibatches, lossSum, divergedAt, List.of(), time);
  }

  /** With more time spent. */
  WorkerResult plus(WorkerTime more) {
    return new WorkerResult(
        worker, examples, weight, minibatches, lossSum, divergedAt, tallies, time.plus(more));
  }

  /** With what it did next. */
  WorkerResult plus(WorkerResult next) {
    return new WorkerResult(
        worker,
        examples + next.examples,
        weight + next.weight,
        minibatches + next.minibatches,
        lossSum + next.lossSum,
        next.divergedAt,
        Tally.join(tallies, next.tallies),
        time.plus(next.time));
  }
}
