package dev.lockstep.strategy;

import dev.lockstep.data.ExampleBlock;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.ModelState;
import dev.lockstep.strategy.Schedule.Span;
import java.util.List;

/** One worker of a run, wherever it runs. */
final class Worker {
  private final TrainingJob job;
  private final int number;
  private final MinibatchReader reader;

  /** Nanoseconds since the last result. */
  private long reading;

  Worker(TrainingJob job, int number, ExampleBlock block) {
    this.job = job;
    this.number = number;
    reader = new MinibatchReader(block, job, number);
  }

  TrainingJob job() {
    return job;
  }

  int number() {
    return number;
  }

  /** Trains the worker's minibatches of a round one after the other, from a common start. */
  Replica train(ModelState start, Segment round) {
    long startedAt = System.nanoTime();
    LocalTrainer trainer = prepare(start, round);
    int minibatches = 0;
    double lossSum = 0;
    long divergedAt = -1;
    for (long slot = round.from(); slot < round.to() && divergedAt < 0; slot++) {
      Span span = job.schedule().span(slot, number);
      if (span.size() > 0) {
        trainer.epoch(job.schedule().epochs(slot));
        lossSum += trainer.step(read(span));
        minibatches++;
        divergedAt = Double.isFinite(lossSum) ? -1 : slot;
      }
    }
    ModelState end = trainer.state();
    TrainerPool.giveBack(job, trainer);
    return new Replica(result(minibatches, lossSum, divergedAt, startedAt), end);
  }

  /** The gradient of the worker's minibatch of the slot, at a common state. */
  WorkerGradient gradient(ModelState state, long slot) {
    long startedAt = System.nanoTime();
    LocalTrainer trainer = prepare(state, new Segment(slot, slot + 1));
    trainer.epoch(job.schedule().epochs(slot));
    float[] sum = new float[state.parameters().length];
    Span span = job.schedule().span(slot, number);
    boolean trains = span.size() > 0;
    double loss = trains ? trainer.gradient(read(span), sum) : 0;
    TrainerPool.giveBack(job, trainer);
    long divergedAt = Double.isFinite(loss) ? -1 : slot;
    return new WorkerGradient(result(trains ? 1 : 0, loss, divergedAt, startedAt), sum);
  }

  private Minibatch read(Span span) {
    long startedAt = System.nanoTime();
    Minibatch minibatch = reader.read(span);
    reading += System.nanoTime() - startedAt;
    return minibatch;
  }

  private WorkerResult result(int minibatches, double lossSum, long divergedAt, long startedAt) {
    long data = reading;
    reading = 0;
    WorkerTime time = new WorkerTime(data, System.nanoTime() - startedAt - data, 0, 0);
    List<Tally> tallies = reader.takeTallies();
    long examples = tallies.stream().mapToLong(Tally::examples).sum();
    return new WorkerResult(number, examples, minibatches, lossSum, divergedAt, tallies, time);
  }

  private LocalTrainer prepare(ModelState state, Segment round) {
    LocalTrainer trainer = TrainerPool.borrow(job);
    trainer.load(state);
    // Dropout masks differ between workers and rounds, and are the same when one is retried.
    trainer.seed((job.seed() * 31 + number) * 1_000_003 + round.from());
    return trainer;
  }
}
