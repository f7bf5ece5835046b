package dev.lockstep.strategy;

import dev.lockstep.data.ExampleBlock;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.ModelState;
import dev.lockstep.strategy.Schedule.Span;

/** What one worker does in a segment, wherever it runs. */
final class Worker {
  private Worker() {}

  /** Trains the worker's minibatches of the segment one after the other, from a common start. */
  static WorkerResult train(
      TrainingJob job, int worker, ExampleBlock block, ModelState start, Segment segment) {
    LocalTrainer trainer = TrainerPool.borrow(job);
    trainer.load(start);
    trainer.seed(stepSeed(job, worker, segment));
    MinibatchReader reader = new MinibatchReader(block, job, worker);
    int minibatches = 0;
    double lossSum = 0;
    long divergedAt = -1;
    for (long slot = segment.from(); slot < segment.to() && divergedAt < 0; slot++) {
      Span span = job.schedule().span(slot, worker);
      if (span.size() > 0) {
        lossSum += trainer.step(reader.read(span));
        minibatches++;
        divergedAt = Double.isFinite(lossSum) ? -1 : slot;
      }
    }
    ModelState end = trainer.state();
    TrainerPool.giveBack(job, trainer);
    return new WorkerResult(
        worker, end, reader.examples(), minibatches, lossSum, divergedAt, reader.tallies());
  }

  /** Dropout masks differ between workers and segments, and are the same when one is retried. */
  static long stepSeed(TrainingJob job, int worker, Segment segment) {
    return (job.seed() * 31 + worker) * 1_000_003 + segment.from();
  }
}
