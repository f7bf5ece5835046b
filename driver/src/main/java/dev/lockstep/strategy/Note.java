package dev.lockstep.strategy;

import java.util.List;

/**
 * What all workers are to know of a contribution, beside its vectors.
 *
 * @param result all of it but which examples they were, and the time
 * @param updates the update count of the worker's network
 * @param moved as its contribution says
 * @param pause what the worker wants after this round
 */
record Note(WorkerResult result, int updates, double moved, Pause pause) {

  /** Of a contribution after which training goes on. */
  static Note of(Contribution contribution) {
    return of(contribution, Pause.NONE);
  }

  /** Of a contribution after which the worker wants something. */
  static Note of(Contribution contribution, Pause wanted) {
    return new Note(
        contribution.result().withoutTallies(),
        contribution.updates(),
        contribution.moved(),
        wanted);
  }

  /** As workers send it; whole numbers below 2^53 pass exactly. */
  double[] values() {
    return new double[] {
      result.examples(),
      result.minibatches(),
      result.lossSum(),
      result.divergedAt(),
      updates,
      moved,
      pause.ordinal(),
      result.weight()
    };
  }

  /** What a worker has sent. */
  static Note of(int worker, double[] values) {
    WorkerResult result =
        new WorkerResult(
            worker,
            (long) values[0],
            values[7],
            (int) values[1],
            values[2],
            (long) values[3],
            List.of(),
            WorkerTime.NONE);
    return new Note(result, (int) values[4], values[5], Pause.values()[(int) values[6]]);
  }
}
