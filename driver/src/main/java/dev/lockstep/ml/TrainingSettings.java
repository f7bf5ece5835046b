package dev.lockstep.ml;

import dev.lockstep.data.NormalisationMethod;
import dev.lockstep.models.LocalStep;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.Strategy;
import dev.lockstep.strategy.StrategyName;
import dev.lockstep.strategy.StrategySettings;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.strategy.UpdaterState;
import java.util.Optional;
import java.util.OptionalInt;

/** An estimator's parameters as training takes them. */
record TrainingSettings(
    OptionalInt workers,
    int batchSize,
    Strategy strategy,
    TrainingLength length,
    long seed,
    Ordering ordering,
    LocalStep localStep,
    Optional<NormalisationMethod> normalise) {

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
    return new TrainingSettings(
        workers,
        (Integer) params.getOrDefault(params.batchSize()),
        new StrategySettings(
                StrategyName.of(params.getOrDefault(params.strategy())),
                (Integer) params.getOrDefault(params.averagingPeriod()),
                (Integer) params.getOrDefault(params.gradientEpochs()),
                (Double) params.getOrDefault(params.outerMomentum()),
                UpdaterState.AVERAGED)
            .strategy(workers, param -> param),
        params.isSet(params.steps())
            ? new TrainingLength.Steps((Long) params.getOrDefault(params.steps()))
            : new TrainingLength.Epochs((Integer) params.getOrDefault(params.epochs())),
        (Long) params.getOrDefault(params.seed()),
        Checks.constant(Ordering.class, params.getOrDefault(params.ordering())),
        Checks.constant(LocalStep.class, params.getOrDefault(params.localStep())),
        params.isSet(params.normalise())
            ? Optional.of(
                Checks.constant(NormalisationMethod.class, params.getOrDefault(params.normalise())))
            : Optional.empty());
  }
}
