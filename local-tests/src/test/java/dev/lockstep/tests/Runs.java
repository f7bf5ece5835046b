package dev.lockstep.tests;

import dev.lockstep.data.DataSource;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.file.CheckpointStore;
import dev.lockstep.strategy.Averaging;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.Ledger;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.OuterOptimizer;
import dev.lockstep.strategy.ParameterAveraging;
import dev.lockstep.strategy.Schedule;
import dev.lockstep.strategy.Shards;
import dev.lockstep.strategy.SingleProcess;
import dev.lockstep.strategy.TrainingJob;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.strategy.TrainingStrategy;
import dev.lockstep.strategy.WorkerStage;
import dev.lockstep.train.Cadence;
import dev.lockstep.train.LossScale;
import dev.lockstep.train.RunListener;
import dev.lockstep.train.RunResult;
import dev.lockstep.train.TrainingRun;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Trains a network for a test, without the command line. */
record Runs(
    int workers,
    int batchSize,
    int averagingPeriod,
    EpochEnd epochEnd,
    Ordering ordering,
    TrainingLength length,
    long seed) {

  static final RunListener NONE = new RunListener() {};

  /** A way of training together. */
  interface Strategy {
    TrainingStrategy open(JavaSparkContext spark, Shards shards, TrainingJob job);
  }

  /** Where checkpoints go, and after how many steps. */
  record Checkpoints(CheckpointStore store, int every) {}

  Runs withWorkers(int count) {
    return new Runs(count, batchSize, averagingPeriod, epochEnd, ordering, length, seed);
  }

  Runs withPeriod(int period) {
    return new Runs(workers, batchSize, period, epochEnd, ordering, length, seed);
  }

  /** By parameter averaging over Spark. */
  RunResult averaged(JavaSparkContext spark, DataSource data, MultiLayerNetwork network) {
    return averaged(
        spark, data, network, Optional.empty(), run -> run.execute(start(network)), NONE);
  }

  /** By parameter averaging over Spark, with checkpoints every so many steps. */
  RunResult averaged(
      JavaSparkContext spark,
      DataSource data,
      MultiLayerNetwork network,
      Optional<Checkpoints> checkpoints,
      Function<TrainingRun, RunResult> how,
      RunListener listener) {
    return trained(spark, data, network, this::averaging, checkpoints, how, listener);
  }

  /** By any strategy. */
  ModelState trained(
      JavaSparkContext spark, DataSource data, MultiLayerNetwork network, Strategy strategy) {
    return trained(
            spark,
            data,
            network,
            strategy,
            Optional.empty(),
            run -> run.execute(start(network)),
            NONE)
        .state();
  }

  /** By any strategy, with checkpoints every so many steps. */
  RunResult trained(
      JavaSparkContext spark,
      DataSource data,
      MultiLayerNetwork network,
      Strategy opener,
      Optional<Checkpoints> checkpoints,
      Function<TrainingRun, RunResult> how,
      RunListener listener) {
    try (Shards shards = Shards.load(spark, data, workers)) {
      TrainingJob job = job(shards, network);
      try (TrainingStrategy strategy = opener.open(spark, shards, job)) {
        return how.apply(
            new TrainingRun(
                plan(NetworkDefinition.of(network), job, strategy, shards, 100, checkpoints),
                listener));
      }
    }
  }

  private TrainingStrategy averaging(JavaSparkContext spark, Shards shards, TrainingJob job) {
    Averaging averaging = new ParameterAveraging(averagingPeriod, OuterOptimizer.NONE);
    return new WorkerStage(spark, shards, job, averaging);
  }

  /** In this process, as one worker; the listener is shown each step. */
  RunResult single(
      JavaSparkContext spark, DataSource data, MultiLayerNetwork network, RunListener listener) {
    try (Shards shards = Shards.load(spark, data, 1)) {
      TrainingJob job = job(shards, network);
      try (TrainingStrategy strategy =
          new SingleProcess(shards.blocks().first(), job, averagingPeriod)) {
        return new TrainingRun(
                plan(NetworkDefinition.of(network), job, strategy, shards, 1, Optional.empty()),
                listener)
            .execute(start(network));
      }
    }
  }

  static ModelState start(MultiLayerNetwork network) {
    return Dl4jLocalTrainer.stateOf(network);
  }

  private TrainingJob job(Shards shards, MultiLayerNetwork network) {
    return TrainingJob.of(
        LocalTrainers.factory(
            NetworkDefinition.of(network),
            LocalStep.AUTO,
            shards.schema().labelLength(),
            shards.schema().shape()),
        new Schedule(shards.sizes(), batchSize, epochEnd, length),
        ordering,
        seed);
  }

  private static TrainingRun.Plan plan(
      NetworkDefinition network,
      TrainingJob job,
      TrainingStrategy strategy,
      Shards shards,
      int displayEvery,
      Optional<Checkpoints> checkpoints) {
    return new TrainingRun.Plan(
        network,
        strategy,
        job.schedule(),
        Ledger.exact(job.schedule(), shards.tallies()),
        LossScale.MINIBATCH,
        new Cadence(displayEvery, Cadence.Unit.STEPS),
        Optional.empty(),
        new Cadence(checkpoints.map(Checkpoints::every).orElse(1000), Cadence.Unit.STEPS),
        checkpoints.map(Checkpoints::store),
        Map.of());
  }
}
