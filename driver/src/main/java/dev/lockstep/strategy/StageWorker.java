package dev.lockstep.strategy;

import dev.lockstep.collective.Collective;
import dev.lockstep.models.ModelState;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A worker that meets the others at the end of each round without leaving its stage. The first
 * tells the driver how far all are.
 */
final class StageWorker {
  private final Averaging averaging;
  private final Worker worker;
  private final Collective collective;
  private final LapClock clock;
  private final Optional<ProgressLine> driver;

  /** What any worker wants; all workers know the same. */
  private Pause pause;

  StageWorker(
      Averaging averaging, Worker worker, Collective collective, ProgressLine.Orders orders) {
    this.averaging = averaging;
    this.worker = worker;
    this.collective = collective;
    clock = new LapClock(orders.every(), orders.atMost());
    driver = worker.number() == 0 ? Optional.of(new ProgressLine(orders)) : Optional.empty();
  }

  /** Trains the segments, as all others do; each outcome tells of this worker's training only. */
  List<Outcome> run(ModelState start, List<Segment> segments) {
    return new SegmentLoop(averaging::nextAgreement, this::round, () -> pause).run(start, segments);
  }

  private Outcome round(ModelState start, Segment round) {
    Contribution own = averaging.train(worker, start, round);
    long startedAt = System.nanoTime();
    Note note = new Note(own.result(), own.updates(), wanted());
    double[][] heard =
        collective.combine(own.reduction(), own.weight(), note.values(), own.vectors());
    List<Note> notes =
        IntStream.range(0, heard.length).mapToObj(w -> Note.of(w, heard[w])).toList();
    pause = notes.stream().map(Note::pause).reduce(Pause.NONE, Pause::or);
    Contribution all = own.combined(notes, own.vectors());
    ModelState end = averaging.agree(worker.job(), start, round, all);
    long waiting = collective.waitedNanos();
    WorkerTime meeting = new WorkerTime(0, 0, System.nanoTime() - startedAt - waiting, waiting);
    List<WorkerResult> trained = List.of(own.result().plus(meeting));
    Outcome outcome =
        new Outcome(end, round, 1, trained, round, notes.stream().map(Note::result).toList());
    driver.ifPresent(line -> line.done(outcome));
    return outcome;
  }

  private Pause wanted() {
    return driver.map(ProgressLine::wanted).orElse(Pause.NONE).or(clock.get());
  }
}
