package dev.lockstep.strategy;

import dev.lockstep.data.Examples;
import dev.lockstep.models.ModelState;
import java.util.List;

/** One worker in the driver, with no Spark job: what distributed training is measured against. */
public final class SingleProcess implements TrainingStrategy {
  private final Worker worker;
  private final TrainingJob job;
  private final int period;

  /**
   * @param block all examples
   * @param period minibatches between two reports, at least 1
   */
  public SingleProcess(Examples block, TrainingJob job, int period) {
    if (job.schedule().workers() != 1) {
      throw new IllegalArgumentException(
          "a single process is one worker, not " + job.schedule().workers());
    }
    worker = new Worker(job, 0, block);
    this.job = job;
    this.period = period;
  }

  @Override
  public long roundEnd(long slot) {
    return (slot / period + 1) * period;
  }

  @Override
  public List<Outcome> run(ModelState start, List<Segment> segments, Supervision supervision) {
    return new SegmentLoop(
            (state, slot) -> roundEnd(slot), this::round, LapClock.inDriver(supervision))
        .run(start, segments);
  }

  private Outcome round(ModelState start, Segment round) {
    Contribution replica = worker.train(start, round);
    ModelState trained = job.trained().into(start, replica.state());
    ModelState end = job.averaged(start, round, trained);
    return Outcome.of(end, round, List.of(replica.result()));
  }

  @Override
  public void close() {
    RunPool.forget(job.id());
  }
}
