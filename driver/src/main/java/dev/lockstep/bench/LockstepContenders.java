package dev.lockstep.bench;

import dev.lockstep.bench.Contender.Measured;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.strategy.Averaging;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.GradientAveraging;
import dev.lockstep.strategy.JobPerRound;
import dev.lockstep.strategy.Ledger;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.OuterMomentum;
import dev.lockstep.strategy.ParameterAveraging;
import dev.lockstep.strategy.Schedule;
import dev.lockstep.strategy.Shards;
import dev.lockstep.strategy.SingleProcess;
import dev.lockstep.strategy.TrainingJob;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.strategy.TrainingStrategy;
import dev.lockstep.train.LossScale;
import dev.lockstep.train.RunResult;
import dev.lockstep.train.TrainingRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Lockstep's own ways to train. */
final class LockstepContenders {
  private static final int SEED = 1;
  private static final int SINGLE_PERIOD = 100;

  private final Arena arena;

  LockstepContenders(Arena arena) {
    this.arena = arena;
  }

  private interface Opener {
    TrainingStrategy open(Shards shards, TrainingJob job);
  }

  /** The first is what others are measured against. */
  List<Contender> all() {
    int epoch = (int) (arena.examples() / arena.workers() / Arena.BATCH) + 1;
    return List.of(
        together("lockstep, averaging period 10", LocalStep.AUTO, parameters(10)),
        together("lockstep, averaging period 1", LocalStep.AUTO, parameters(1)),
        together("lockstep, averaging period 1 epoch", LocalStep.AUTO, parameters(epoch)),
        together("lockstep, averaging period 10, dl4j step", LocalStep.DL4J, parameters(10)),
        together("lockstep, gradient averaging", LocalStep.AUTO, new GradientAveraging()),
        new Contender(
            "lockstep, averaging period 10, one Spark job a round",
            () ->
                train(
                    arena.training(),
                    LocalStep.AUTO,
                    (shards, job) -> new JobPerRound(arena.spark(), shards, job, parameters(10)))),
        single("lockstep, single process", LocalStep.AUTO),
        single("lockstep, single process, dl4j step", LocalStep.DL4J));
  }

  private static Averaging parameters(int period) {
    return new ParameterAveraging(period, OuterMomentum.NONE);
  }

  private Contender together(String name, LocalStep step, Averaging averaging) {
    return new Contender(name, () -> train(arena.training(), step, opener(averaging)));
  }

  private Opener opener(Averaging averaging) {
    return (shards, job) ->
        TrainingStrategy.over(arena.spark(), shards, job, averaging, notice -> {});
  }

  /** One training in the default way, with someone watching. */
  Measured watched(Watch watch) {
    return train(arena.training(), LocalStep.AUTO, opener(parameters(10)), watch);
  }

  private Contender single(String name, LocalStep step) {
    return new Contender(
        name,
        () ->
            train(
                arena.gathered(),
                step,
                (shards, job) -> new SingleProcess(shards.blocks().first(), job, SINGLE_PERIOD)));
  }

  /** One training by parameter averaging with a period. */
  RunResult averaged(int period) {
    return run(arena.training(), LocalStep.AUTO, opener(parameters(period)), Watch.NONE);
  }

  private Measured train(Shards shards, LocalStep step, Opener opener) {
    return train(shards, step, opener, Watch.NONE);
  }

  private Measured train(Shards shards, LocalStep step, Opener opener, Watch watch) {
    RunResult result = run(shards, step, opener, watch);
    long trainedAt = System.nanoTime();
    watch.ended().accept(result);
    double seconds = result.seconds() + (System.nanoTime() - trainedAt) / 1e9;
    return new Measured(seconds, arena.epochs(), arena.accuracy(result.state()));
  }

  private RunResult run(Shards shards, LocalStep step, Opener opener, Watch watch) {
    MultiLayerNetwork network = arena.task().network();
    NetworkDefinition definition = NetworkDefinition.of(network);
    TrainingJob job =
        TrainingJob.of(
            LocalTrainers.factory(
                definition, step, shards.schema().labelLength(), shards.schema().shape()),
            new Schedule(
                shards.sizes(),
                Arena.BATCH,
                EpochEnd.REMAINDER,
                new TrainingLength.Epochs(arena.epochs())),
            Ordering.SHUFFLED,
            SEED);
    try (TrainingStrategy strategy = opener.open(shards, job)) {
      return new TrainingRun(plan(definition, strategy, job, shards, watch), watch.listener())
          .execute(Dl4jLocalTrainer.stateOf(network));
    }
  }

  private static TrainingRun.Plan plan(
      NetworkDefinition network,
      TrainingStrategy strategy,
      TrainingJob job,
      Shards shards,
      Watch watch) {
    return new TrainingRun.Plan(
        network,
        strategy,
        job.schedule(),
        Ledger.exact(job.schedule(), shards.tallies()),
        LossScale.MINIBATCH,
        watch.display(),
        Optional.empty(),
        Watch.NEVER,
        Optional.empty(),
        Map.of());
  }
}
