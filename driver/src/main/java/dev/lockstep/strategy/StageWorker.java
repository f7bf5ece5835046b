package dev.lockstep.strategy;

import dev.lockstep.collective.Collective;
import dev.lockstep.models.ModelState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A worker that meets the others at the end of each round without leaving its stage. */
final class StageWorker {
  private final Averaging averaging;
  private final Worker worker;
  private final Collective collective;
  private final TimeBox time;

  /** Whether any worker's time is over; all workers know the same. */
  private boolean enough;

  StageWorker(Averaging averaging, Worker worker, Collective collective, Duration atMost) {
    this.averaging = averaging;
    this.worker = worker;
    this.collective = collective;
    time = new TimeBox(atMost);
  }

  /** Trains the segments, as all others do; each outcome tells of this worker's training only. */
  List<Outcome> run(ModelState start, List<Segment> segments) {
    return new SegmentLoop(averaging::nextAgreement, this::round, () -> enough)
        .run(start, segments);
  }

  private Outcome round(ModelState start, Segment round) {
    Contribution own = averaging.train(worker, start, round);
    long startedAt = System.nanoTime();
    double[][] notes = collective.combine(own.reduction(), own.weight(), note(own), own.vectors());
    List<WorkerResult> results = new ArrayList<>();
    long examples = 0;
    int updates = 0;
    enough = false;
    for (int number = 0; number < notes.length; number++) {
      WorkerResult result = result(number, notes[number]);
      results.add(result);
      examples += result.examples();
      enough |= isLate(notes[number]);
      updates = result.examples() > 0 ? Math.max(updates, updates(notes[number])) : updates;
    }
    Combined combined = new Combined(own.vectors(), examples, updates);
    ModelState end = averaging.agree(worker.job(), start, round, combined);
    long waiting = collective.waitedNanos();
    WorkerTime meeting = new WorkerTime(0, 0, System.nanoTime() - startedAt - waiting, waiting);
    return new Outcome(
        end, round, 1, List.of(own.result().plus(meeting)), new RoundResult(round, results));
  }

  /** What the others are to know of a contribution; whole numbers below 2^53 pass exactly. */
  private double[] note(Contribution own) {
    WorkerResult result = own.result();
    return new double[] {
      result.examples(),
      result.minibatches(),
      result.lossSum(),
      result.divergedAt(),
      own.updates(),
      time.getAsBoolean() ? 1 : 0
    };
  }

  /** All but which examples they were. */
  private static WorkerResult result(int worker, double[] note) {
    return new WorkerResult(
        worker, (long) note[0], (int) note[1], note[2], (long) note[3], List.of(), WorkerTime.NONE);
  }

  private static int updates(double[] note) {
    return (int) note[4];
  }

  private static boolean isLate(double[] note) {
    return note[5] != 0;
  }
}
