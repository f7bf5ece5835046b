package dev.lockstep.strategy;

import dev.lockstep.collective.Reduction;
import dev.lockstep.data.Examples;
import dev.lockstep.data.SplitMix64;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.ModelState;
import dev.lockstep.strategy.Schedule.Span;
import java.util.List;

/** One worker of a run, wherever it runs. */
public final class Worker {
  /** More slots than any run has. */
  private static final int SLOT_BITS = 40;

  private TrainingJob job;
  private final int number;
  private final MinibatchReader reader;

  /** Nanoseconds since the last result. */
  private long reading;

  /** How much the examples count that were read since the last result. */
  private double weight;

  /** Of a step of several minibatches. */
  private float[] gradient;

  Worker(TrainingJob job, int number, Examples block) {
    this.number = number;
    reader = new MinibatchReader(block, job, number);
    begin(job, block);
  }

  /** Takes the examples for some rounds: the same ones as ever, wherever Spark holds them now. */
  void begin(TrainingJob run, Examples block) {
    job = run;
    reader.hold(block);
  }

  /** Lets go of the examples, which Spark may want to move. */
  void end() {
    reader.release();
  }

  /** What every worker of the run knows. */
  public TrainingJob job() {
    return job;
  }

  /** From 0. */
  public int number() {
    return number;
  }

  /**
   * Trains the worker's minibatches of a round one after the other, from a common start.
   *
   * @return its trained parameters and its updater's state
   */
  public Contribution train(ModelState start, Segment round) {
    long startedAt = System.nanoTime();
    LocalTrainer trainer = prepare(start, round);
    if (gradient == null && job.schedule().accumulated() > 1) {
      gradient = new float[start.parameters().length];
    }
    int minibatches = 0;
    double lossSum = 0;
    long divergedAt = -1;
    for (long slot = round.from(); slot < round.to() && divergedAt < 0; slot++) {
      Span span = job.schedule().span(slot, number);
      if (span.size() > 0) {
        job.tune(trainer, slot);
        lossSum += step(trainer, span);
        minibatches++;
        divergedAt = Double.isFinite(lossSum) ? -1 : slot;
      }
    }
    ModelState end = trainer.state();
    RunPool.giveBack(job, trainer);
    return Contribution.replica(
        result(minibatches, lossSum, divergedAt, startedAt), job.trained().of(end));
  }

  /**
   * The gradient of the worker's minibatch of the slot, at a common state.
   *
   * @return the gradient, summed over the worker's examples; all 0 if it had none
   */
  public Contribution gradient(ModelState state, long slot) {
    long startedAt = System.nanoTime();
    LocalTrainer trainer = prepare(state, new Segment(slot, slot + 1));
    job.tune(trainer, slot);
    float[] sum = new float[state.parameters().length];
    Span span = job.schedule().span(slot, number);
    boolean trains = span.size() > 0;
    double loss = trains ? gradient(trainer, span, sum) : 0;
    RunPool.giveBack(job, trainer);
    long divergedAt = Double.isFinite(loss) ? -1 : slot;
    WorkerResult result = result(trains ? 1 : 0, loss, divergedAt, startedAt);
    return new Contribution(
        result, state.updates(), Reduction.SUM, result.minibatches(), 0, job.trained().of(sum));
  }

  private double step(LocalTrainer trainer, Span span) {
    if (job.schedule().accumulated() == 1) {
      return trainer.step(read(span));
    }
    double before = weight;
    double loss = gradient(trainer, span, gradient);
    trainer.apply(gradient, span.size(), weight - before);
    return loss;
  }

  /** Of all passes of a slot, one added to the other in their order. */
  private double gradient(LocalTrainer trainer, Span span, float[] sum) {
    List<Span> passes = job.schedule().passes(span);
    double loss = trainer.gradient(read(passes.get(0)), sum);
    if (passes.size() > 1) {
      float[] one = new float[sum.length];
      for (Span pass : passes.subList(1, passes.size())) {
        loss += trainer.gradient(read(pass), one);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += one[i];
        }
      }
    }
    return loss;
  }

  private Minibatch read(Span span) {
    long startedAt = System.nanoTime();
    Minibatch minibatch = reader.read(span);
    weight += minibatch.weight();
    reading += System.nanoTime() - startedAt;
    return minibatch;
  }

  private WorkerResult result(int minibatches, double lossSum, long divergedAt, long startedAt) {
    long data = reading;
    double counted = weight;
    reading = 0;
    weight = 0;
    WorkerTime time = new WorkerTime(data, System.nanoTime() - startedAt - data, 0, 0);
    List<Tally> tallies = reader.takeTallies();
    long examples = tallies.stream().mapToLong(Tally::examples).sum();
    return new WorkerResult(
        number, examples, counted, minibatches, lossSum, divergedAt, tallies, time);
  }

  /**
   * Of dropout masks: differs between any two workers and rounds of a run, as the mix is one to one
   * and workers are numbered above all slots, and is the same when a round is retried.
   */
  static long seed(long seed, int worker, long slot) {
    return SplitMix64.mix(SplitMix64.mix(seed) + ((long) worker << SLOT_BITS) + slot);
  }

  private LocalTrainer prepare(ModelState state, Segment round) {
    LocalTrainer trainer = RunPool.borrow(job);
    trainer.load(state);
    trainer.seed(seed(job.seed(), number, round.from()));
    return trainer;
  }
}
