package dev.lockstep.ml;

import dev.lockstep.data.NormalisationMethod;
import dev.lockstep.models.LocalStep;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.StrategyName;
import dev.lockstep.strategy.StrategySettings;
import dev.lockstep.strategy.TrainingLength;
import java.util.OptionalInt;

/** An estimator's parameters as training takes them. */
record TrainingSettings(
    OptionalInt workers,
    int batchSize,
    StrategySettings strategy,
    TrainingLength length,
    long seed,
    Ordering ordering,
    LocalStep localStep,
    NormalisationMethod normalise) {

  static TrainingSettings of(LockstepEstimator<?> params) {
    return new TrainingSettings(
        params.isSet(params.workers())
            ? OptionalInt.of((Integer) params.getOrDefault(params.workers()))
            : OptionalInt.empty(),
        (Integer) params.getOrDefault(params.batchSize()),
        new StrategySettings(
            StrategyName.of(params.getOrDefault(params.strategy())),
            (Integer) params.getOrDefault(params.averagingPeriod()),
            (Integer) params.getOrDefault(params.gradientEpochs()),
            (Double) params.getOrDefault(params.outerMomentum())),
        params.isSet(params.steps())
            ? new TrainingLength.Steps((Long) params.getOrDefault(params.steps()))
            : new TrainingLength.Epochs((Integer) params.getOrDefault(params.epochs())),
        (Long) params.getOrDefault(params.seed()),
        Checks.constant(Ordering.class, params.getOrDefault(params.ordering())),
        Checks.constant(LocalStep.class, params.getOrDefault(params.localStep())),
        Checks.constant(NormalisationMethod.class, params.getOrDefault(params.normalise())));
  }

  /**
   * Complains about combinations that make no sense.
   *
   * @throws IllegalArgumentException naming the parameters
   */
  void check() {
    StrategyName name = strategy.name();
    if (name != StrategyName.PARAMETER_AVERAGING) {
      needsParameterAveraging("gradientEpochs", strategy.gradientEpochs() > 0);
      needsParameterAveraging("outerMomentum", strategy.outerMomentum() > 0);
    }
    if (name == StrategyName.SINGLE_PROCESS && workers.orElse(1) != 1) {
      throw new IllegalArgumentException(
          "strategy single-process has one worker, not " + workers.getAsInt());
    }
  }

  private void needsParameterAveraging(String param, boolean given) {
    if (given) {
      throw new IllegalArgumentException(
          "%s needs strategy parameter-averaging, not %s".formatted(param, strategy.name()));
    }
  }
}
