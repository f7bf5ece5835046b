package dev.lockstep.strategy;

import dev.lockstep.collective.Collective;
import dev.lockstep.models.ModelState;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Workers of one task: they train one after the other, and at the end of each round meet those of
 * the other tasks together, without leaving their stage. The host of the first worker tells the
 * driver how far all are.
 */
final class Host {
  private final Averaging averaging;
  private final List<Worker> workers;
  private final Collective collective;
  private final LapClock clock;
  private final Optional<ProgressLine> driver;

  /** What any host wants; all know the same. */
  private Pause pause;

  /**
   * @param workers by number
   */
  Host(
      Averaging averaging,
      List<Worker> workers,
      Collective collective,
      ProgressLine.Orders orders) {
    this.averaging = averaging;
    this.workers = workers;
    this.collective = collective;
    clock = new LapClock(orders.every(), orders.atMost());
    driver =
        workers.get(0).number() == 0 ? Optional.of(new ProgressLine(orders)) : Optional.empty();
  }

  /** Trains the segments, as all others do; each outcome tells of the workers here only. */
  List<Outcome> run(ModelState start, List<Segment> segments) {
    return new SegmentLoop(averaging::roundEnd, this::round, () -> pause).run(start, segments);
  }

  private Outcome round(ModelState start, Segment round) {
    long startedAt = System.nanoTime();
    List<Contribution> own =
        workers.stream().map(worker -> averaging.train(worker, start, round)).toList();
    long trainedAt = System.nanoTime();
    Contribution first = own.get(0);
    Pause wanted = driver.map(ProgressLine::wanted).orElse(Pause.NONE).or(clock.get());
    double[][] heard =
        collective.combine(
            first.reduction(),
            own.stream().mapToDouble(Contribution::weight).toArray(),
            own.stream().map(each -> Note.of(each, wanted).values()).toArray(double[][]::new),
            own.stream().map(Contribution::vectors).toArray(float[][][]::new));
    List<Note> notes =
        IntStream.range(0, heard.length).mapToObj(w -> Note.of(w, heard[w])).toList();
    pause = notes.stream().map(Note::pause).reduce(Pause.NONE, Pause::or);
    Contribution all = first.combined(notes, first.vectors());
    TrainingJob job = workers.get(0).job();
    ModelState end = job.averaged(start, round, averaging.agree(job, start, round, all));
    long waiting = collective.waitedNanos();
    long combine = System.nanoTime() - trainedAt - waiting;
    List<WorkerResult> trained =
        own.stream()
            .map(Contribution::result)
            .map(
                result -> {
                  // While the others here train, a worker waits.
                  long others = trainedAt - startedAt - result.time().training();
                  return result.plus(new WorkerTime(0, 0, combine, waiting + others));
                })
            .toList();
    Outcome outcome =
        new Outcome(end, round, 1, trained, round, notes.stream().map(Note::result).toList());
    driver.ifPresent(line -> line.done(outcome));
    return outcome;
  }
}
