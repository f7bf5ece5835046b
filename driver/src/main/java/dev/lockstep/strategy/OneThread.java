package dev.lockstep.strategy;

import dev.lockstep.data.Examples;
import dev.lockstep.models.ModelState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All workers of a run in the thread that asks, one after the other, with no Spark job: the bits of
 * a {@link WorkerStage}, on one core.
 */
public final class OneThread implements TrainingStrategy {
  private final TrainingJob job;
  private final Averaging averaging;
  private final List<Worker> workers;
  private long sent;

  /**
   * @param shares each worker's examples, by number
   */
  public OneThread(List<Examples> shares, TrainingJob job, Averaging averaging) {
    this.job = job;
    this.averaging = averaging;
    workers =
        IntStream.range(0, shares.size()).mapToObj(w -> new Worker(job, w, shares.get(w))).toList();
  }

  @Override
  public long roundEnd(long slot) {
    return averaging.nextAgreement(slot);
  }

  @Override
  public List<Outcome> run(ModelState start, List<Segment> segments, Supervision supervision) {
    return new SegmentLoop(averaging::roundEnd, this::round, LapClock.inDriver(supervision))
        .run(start, segments);
  }

  private Outcome round(ModelState start, Segment round) {
    List<Contribution> own = new ArrayList<>();
    for (Worker worker : workers) {
      own.add(averaging.train(worker, start, round));
    }
    for (float[] vector : own.get(0).vectors()) {
      sent += (long) Float.BYTES * vector.length;
    }
    Contribution all = Contribution.combine(own);
    ModelState end = job.averaged(start, round, averaging.agree(job, start, round, all));
    return Outcome.of(end, round, own.stream().map(Contribution::result).toList());
  }

  /** How many bytes a worker would have sent to others that combine them. */
  public long sentBytes() {
    return sent;
  }

  @Override
  public void close() {
    RunPool.forget(job.id());
  }
}
