package dev.lockstep.ml;

import dev.lockstep.data.NormalisationMethod;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.network.GradientClipping;
import dev.lockstep.strategy.LearningRates;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.OuterRule;
import dev.lockstep.strategy.OuterSettings;
import dev.lockstep.strategy.Strategy;
import dev.lockstep.strategy.StrategyName;
import dev.lockstep.strategy.StrategySettings;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.strategy.UpdaterState;
import dev.lockstep.strategy.WeightsAverage;
import dev.lockstep.train.Cadence;
import dev.lockstep.train.EarlyStopping;
import dev.lockstep.train.EarlyStopping.Monitor;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.spark.ml.param.DoubleParam;

/** An estimator's parameters as training takes them. */
record TrainingSettings(
    OptionalInt workers,
    int batchSize,
    Strategy strategy,
    TrainingLength length,
    long seed,
    Ordering ordering,
    LocalStep localStep,
    Optional<NormalisationMethod> normalise,
    LearningRates learningRates,
    Optional<GradientClipping> clipping,
    int accumulate,
    WeightsAverage weights,
    Cadence validateEvery,
    Optional<EarlyStopping> stopping,
    Cadence checkpointEvery,
    int keep) {

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException if they contradict each other, naming the parameters
   */
  static TrainingSettings of(LockstepEstimator<?> params) {
    OptionalInt workers =
        params.isSet(params.workers())
            ? OptionalInt.of((Integer) params.getOrDefault(params.workers()))
            : OptionalInt.empty();
    StrategySettings strategy =
        new StrategySettings(
            StrategyName.of(params.getOrDefault(params.strategy())),
            (Integer) params.getOrDefault(params.averagingPeriod()),
            (Integer) params.getOrDefault(params.gradientEpochs()),
            outer(params),
            Checks.constant(UpdaterState.class, params.getOrDefault(params.updaterState())));
    return new TrainingSettings(
        workers,
        (Integer) params.getOrDefault(params.batchSize()),
        strategy.strategy(workers, param -> param),
        params.isSet(params.steps())
            ? new TrainingLength.Steps((Long) params.getOrDefault(params.steps()))
            : new TrainingLength.Epochs((Integer) params.getOrDefault(params.epochs())),
        (Long) params.getOrDefault(params.seed()),
        Checks.constant(Ordering.class, params.getOrDefault(params.ordering())),
        Checks.constant(LocalStep.class, params.getOrDefault(params.localStep())),
        params.isSet(params.normalise())
            ? Optional.of(
                Checks.constant(NormalisationMethod.class, params.getOrDefault(params.normalise())))
            : Optional.empty(),
        new LearningRates(
            LearningRates.shape(params.getOrDefault(params.learningRateSchedule())),
            (Double) params.getOrDefault(params.warmup())),
        params.isSet(params.gradientClipping())
            ? Optional.of(GradientClipping.of(params.getOrDefault(params.gradientClipping())))
            : Optional.empty(),
        (Integer) params.getOrDefault(params.accumulate()),
        WeightsAverage.of(params.getOrDefault(params.weightsAverage())),
        params.isSet(params.validateEvery())
            ? Cadence.slots(
                (long) (Integer) params.getOrDefault(params.validateEvery())
                    * strategy.nominalPeriod())
            : Cadence.epochs(1),
        stopping(params),
        params.isSet(params.checkpointEvery())
            ? Cadence.steps((Integer) params.getOrDefault(params.checkpointEvery()))
            : Cadence.epochs(1),
        (Integer) params.getOrDefault(params.keep()));
  }

  private static OuterSettings outer(LockstepEstimator<?> params) {
    return new OuterSettings(
        params.isSet(params.outer())
            ? Optional.of(Checks.constant(OuterRule.class, params.getOrDefault(params.outer())))
            : Optional.empty(),
        given(params, params.outerLearningRate()),
        given(params, params.outerMomentum()));
  }

  private static OptionalDouble given(LockstepEstimator<?> params, DoubleParam param) {
    return params.isSet(param)
        ? OptionalDouble.of((Double) params.getOrDefault(param))
        : OptionalDouble.empty();
  }

  private static Optional<EarlyStopping> stopping(LockstepEstimator<?> params) {
    if (!params.isSet(params.patience())) {
      return Optional.empty();
    }
    Monitor monitor =
        params.isSet(params.monitor())
            ? Checks.constant(Monitor.class, params.getOrDefault(params.monitor()))
            : Monitor.AUTO;
    return Optional.of(
        new EarlyStopping(
            monitor,
            (Double) params.getOrDefault(params.minDelta()),
            (Integer) params.getOrDefault(params.patience())));
  }
}
