package dev.lockstep.bench;

import dev.lockstep.bench.Contender.Measured;
import dev.lockstep.models.LocalStep;
import dev.lockstep.strategy.Averaging;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.GradientAveraging;
import dev.lockstep.strategy.JobPerRound;
import dev.lockstep.strategy.ParameterAveraging;
import dev.lockstep.strategy.Shards;
import dev.lockstep.strategy.SingleWorker;
import dev.lockstep.strategy.Strategy;
import dev.lockstep.train.LossScale;
import dev.lockstep.train.RunResult;
import dev.lockstep.train.Training;
import java.util.List;
import java.util.Optional;

/** Lockstep's own ways to train. */
final class LockstepContenders {
  private static final int SEED = 1;
  private static final int SINGLE_PERIOD = 100;

  private final BenchSetup setup;

  LockstepContenders(BenchSetup setup) {
    this.setup = setup;
  }

  /** The first is what others are measured against. */
  List<Contender> all() {
    int epoch = (int) (setup.examples() / setup.workers() / BenchSetup.BATCH) + 1;
    return List.of(
        together("lockstep, averaging period 10", LocalStep.AUTO, parameters(10)),
        together("lockstep, averaging period 1", LocalStep.AUTO, parameters(1)),
        together("lockstep, averaging period 1 epoch", LocalStep.AUTO, parameters(epoch)),
        together("lockstep, averaging period 10, dl4j step", LocalStep.DL4J, parameters(10)),
        together("lockstep, gradient averaging", LocalStep.AUTO, new GradientAveraging()),
        together(
            "lockstep, averaging period 10, one Spark job a round",
            LocalStep.AUTO,
            (spark, shards, job) ->
                new JobPerRound(spark, shards, job, parameters(10).on(job.schedule()))),
        single("lockstep, single process", LocalStep.AUTO),
        single("lockstep, single process, dl4j step", LocalStep.DL4J));
  }

  private static Averaging parameters(int period) {
    return ParameterAveraging.every(period);
  }

  private Contender together(String name, LocalStep step, Strategy strategy) {
    return new Contender(
        name, () -> measured(training(setup.training(), step, strategy), Watch.NONE));
  }

  private Contender single(String name, LocalStep step) {
    return new Contender(
        name,
        () ->
            measured(
                training(setup.gathered(), step, new SingleWorker(SINGLE_PERIOD)), Watch.NONE));
  }

  /** One training in the default way, with someone watching. */
  Measured watched(Watch watch) {
    return measured(training(setup.training(), LocalStep.AUTO, parameters(10)), watch);
  }

  /** One training by parameter averaging with a period. */
  RunResult averaged(int period) {
    return training(setup.training(), LocalStep.AUTO, parameters(period)).run().result();
  }

  private Measured measured(Training training, Watch watch) {
    RunResult result = training.display(watch.display()).listen(watch.listener()).run().result();
    long trainedAt = System.nanoTime();
    watch.ended().accept(result);
    double seconds = result.seconds() + (System.nanoTime() - trainedAt) / 1e9;
    return new Measured(seconds, setup.epochs(), setup.accuracy(result.state()));
  }

  private Training training(Shards shards, LocalStep step, Strategy strategy) {
    return Training.of(setup.spark(), setup.task().network())
        .data(shards, Optional.empty())
        .minibatch(BenchSetup.BATCH)
        .epochs(setup.epochs())
        .epochEnd(EpochEnd.REMAINDER)
        .strategy(strategy)
        .localStep(step)
        .seed(SEED)
        .lossScale(LossScale.MINIBATCH)
        .display(Watch.NEVER);
  }
}
