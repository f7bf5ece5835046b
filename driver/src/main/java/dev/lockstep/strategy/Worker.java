package dev.lockstep.strategy;

import dev.lockstep.data.ExampleBlock;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.ModelState;
import dev.lockstep.strategy.Schedule.Span;

/** What one worker does in a segment, wherever it runs. */
final class Worker {
  private final TrainingJob job;
  private final int number;
  private final ExampleBlock block;

  Worker(TrainingJob job, int number, ExampleBlock block) {
    this.job = job;
    this.number = number;
    this.block = block;
  }

  /** Trains the worker's minibatches of the segment one after the other, from a common start. */
  Replica train(ModelState start, Segment segment) {
    LocalTrainer trainer = prepare(start, segment);
    MinibatchReader reader = new MinibatchReader(block, job, number);
    int minibatches = 0;
    double lossSum = 0;
    long divergedAt = -1;
    for (long slot = segment.from(); slot < segment.to() && divergedAt < 0; slot++) {
      Span span = job.schedule().span(slot, number);
      if (span.size() > 0) {
        lossSum += trainer.step(reader.read(span));
        minibatches++;
        divergedAt = Double.isFinite(lossSum) ? -1 : slot;
      }
    }
    ModelState end = trainer.state();
    TrainerPool.giveBack(job, trainer);
    return new Replica(
        new WorkerResult(
            number, reader.examples(), minibatches, lossSum, divergedAt, reader.tallies()),
        end);
  }

  /** The gradient of the worker's minibatch of the slot, at a common state. */
  WorkerGradient gradient(ModelState state, long slot) {
    LocalTrainer trainer = prepare(state, new Segment(slot, slot + 1));
    MinibatchReader reader = new MinibatchReader(block, job, number);
    float[] sum = new float[state.parameters().length];
    Span span = job.schedule().span(slot, number);
    boolean trains = span.size() > 0;
    double loss = trains ? trainer.gradient(reader.read(span), sum) : 0;
    TrainerPool.giveBack(job, trainer);
    return new WorkerGradient(
        new WorkerResult(
            number,
            reader.examples(),
            trains ? 1 : 0,
            loss,
            Double.isFinite(loss) ? -1 : slot,
            reader.tallies()),
        sum);
  }

  private LocalTrainer prepare(ModelState state, Segment segment) {
    LocalTrainer trainer = TrainerPool.borrow(job);
    trainer.load(state);
    // Dropout masks differ between workers and segments, and are the same when one is retried.
    trainer.seed((job.seed() * 31 + number) * 1_000_003 + segment.from());
    return trainer;
  }
}
