package dev.lockstep.strategy;

import dev.lockstep.collective.Collective;
import dev.lockstep.models.ModelState;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

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
    Note note = new Note(own.result(), own.updates(), time.getAsBoolean());
    double[][] heard =
        collective.combine(own.reduction(), own.weight(), note.values(), own.vectors());
    List<Note> notes =
        IntStream.range(0, heard.length).mapToObj(w -> Note.of(w, heard[w])).toList();
    enough = notes.stream().anyMatch(Note::enough);
    Contribution all = own.combined(notes, own.vectors());
    ModelState end = averaging.agree(worker.job(), start, round, all);
    long waiting = collective.waitedNanos();
    WorkerTime meeting = new WorkerTime(0, 0, System.nanoTime() - startedAt - waiting, waiting);
    List<WorkerResult> trained = List.of(own.result().plus(meeting));
    return new Outcome(end, round, 1, trained, round, notes.stream().map(Note::result).toList());
  }
}
