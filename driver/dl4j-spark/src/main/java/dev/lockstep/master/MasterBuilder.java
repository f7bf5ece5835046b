package dev.lockstep.master;

import dev.lockstep.models.LocalStep;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.OuterSettings;
import dev.lockstep.strategy.StrategyName;
import dev.lockstep.strategy.StrategySettings;
import dev.lockstep.strategy.UpdaterState;
import java.util.List;
import java.util.Optional;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.TrainingHook;

/** Collects the options of a {@link LockstepTrainingMaster}; all have defaults. */
public final class MasterBuilder {
  private Optional<Integer> workers = Optional.empty();
  private int batchSizePerWorker = 16;
  private StrategyName strategy = StrategyName.PARAMETER_AVERAGING;
  private int averagingPeriod = 5;
  private int gradientEpochs;
  private double outerMomentum;
  private UpdaterState updaterState = UpdaterState.AVERAGED;
  private Repartition repartition = Repartition.Always;
  private StorageLevel storageLevel = StorageLevel.MEMORY_AND_DISK();
  private Ordering ordering = Ordering.SHUFFLED;
  private LocalStep localStep = LocalStep.AUTO;
  private long seed = 1;
  private List<TrainingHook> hooks = List.of();

  MasterBuilder() {}

  /** How many replicas train in parallel. Default: as many as Spark has cores. */
  public MasterBuilder workers(int count) {
    workers = Optional.of(atLeastOne("workers", count));
    return this;
  }

  /** Examples in a minibatch of one worker, however many each DataSet has. Default: 16. */
  public MasterBuilder batchSizePerWorker(int examples) {
    batchSizePerWorker = atLeastOne("batchSizePerWorker", examples);
    return this;
  }

  /** How workers combine: by parameter averaging, which is the default, or gradient averaging. */
  public MasterBuilder strategy(StrategyName name) {
    if (name != StrategyName.PARAMETER_AVERAGING && name != StrategyName.GRADIENT_AVERAGING) {
      throw new IllegalArgumentException(
          "a training master averages parameters or gradients, it is not for " + name);
    }
    strategy = name;
    return this;
  }

  /** Minibatches each worker trains between two averages of parameters. Default: 5. */
  public MasterBuilder averagingPeriod(int minibatches) {
    averagingPeriod = atLeastOne("averagingPeriod", minibatches);
    return this;
  }

  /** Average gradients for that many epochs before parameters (post-local SGD). Default: 0. */
  public MasterBuilder gradientEpochs(int epochs) {
    if (epochs < 0) {
      throw new IllegalArgumentException("gradientEpochs must be at least 0, not " + epochs);
    }
    gradientEpochs = epochs;
    return this;
  }

  /** Momentum between averages of parameters (SlowMo), from 0, the default, to below 1. */
  public MasterBuilder outerMomentum(double beta) {
    outerMomentum = OuterSettings.momentum(beta).momentum().orElse(0);
    return this;
  }

  /** What becomes of the updater's moments between averages. Default: averaged. */
  public MasterBuilder updaterState(UpdaterState state) {
    updaterState = state;
    return this;
  }

  /**
   * When examples are dealt to workers anew, one after the other in turn: always, which is the
   * default; never, so that every partition is a worker's; or if there are not as many partitions
   * as workers.
   */
  public MasterBuilder repartition(Repartition when) {
    repartition = when;
    return this;
  }

  /** How Spark holds the examples from epoch to epoch. Default: {@code MEMORY_AND_DISK}. */
  public MasterBuilder storageLevel(StorageLevel level) {
    storageLevel = level;
    return this;
  }

  /** The order of a worker's examples in each epoch. Default: shuffled. */
  public MasterBuilder ordering(Ordering order) {
    ordering = order;
    return this;
  }

  /** What computes a minibatch. Default: BLAS for stacks of dense layers, else DL4J. */
  public MasterBuilder localStep(LocalStep step) {
    localStep = step;
    return this;
  }

  /** Of all that is random. Default: 1. */
  public MasterBuilder seed(long value) {
    seed = value;
    return this;
  }

  /** Called on workers around each minibatch; such a minibatch is computed by DL4J. */
  public MasterBuilder trainingHooks(TrainingHook... trainingHooks) {
    hooks = List.of(trainingHooks);
    return this;
  }

  /**
   * @throws IllegalArgumentException if options contradict each other
   */
  public LockstepTrainingMaster build() {
    return new LockstepTrainingMaster(settings(), hooks);
  }

  private static int atLeastOne(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + " must be at least 1, not " + value);
    }
    return value;
  }

  private MasterSettings settings() {
    return new MasterSettings(
        workers,
        batchSizePerWorker,
        new StrategySettings(
            strategy,
            averagingPeriod,
            gradientEpochs,
            OuterSettings.momentum(outerMomentum),
            updaterState),
        repartition,
        storageLevel,
        ordering,
        localStep,
        seed);
  }
}
