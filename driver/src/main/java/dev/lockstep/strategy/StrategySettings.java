package dev.lockstep.strategy;

import dev.lockstep.models.LocalStep;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A strategy with its settings, as users choose it.
 *
 * @param averagingPeriod minibatches of each worker between two averages of parameters, at least 1
 * @param gradientEpochs for how many epochs, from the start, gradients are averaged at each step
 *     before parameters are (post-local SGD); 0 but for parameter averaging
 * @param outerMomentum between averages of parameters, from 0 to below 1; 0 but for parameter
 *     averaging
 * @param updaterState what becomes of the updater's moments between averages of parameters
 */
public record StrategySettings(
    StrategyName name,
    int averagingPeriod,
    int gradientEpochs,
    double outerMomentum,
    UpdaterState updaterState) {

  /** With averaged moments. */
  public StrategySettings(
      StrategyName name, int averagingPeriod, int gradientEpochs, double outerMomentum) {
    this(name, averagingPeriod, gradientEpochs, outerMomentum, UpdaterState.AVERAGED);
  }

  /** How many workers there are where nothing is said. */
  public int defaultWorkers(JavaSparkContext spark) {
    return name == StrategyName.SINGLE_PROCESS ? 1 : spark.defaultParallelism();
  }

  /** What computes a minibatch, where a choice is given. */
  public LocalStep localStep(LocalStep choice) {
    return name == StrategyName.DL4J ? LocalStep.DL4J : choice;
  }

  /**
   * What accounts for a run's examples.
   *
   * @param notice told if some are lost, where the trainer is one that may lose some
   */
  public Ledger ledger(Schedule schedule, Shards shards, Consumer<String> notice) {
    return name == StrategyName.DL4J
        ? Ledger.counting(schedule, notice)
        : Ledger.exact(schedule, shards.tallies());
  }

  /**
   * The strategy for a run.
   *
   * @param notice told where workers meet, if that is not where they meet best
   */
  public TrainingStrategy open(
      JavaSparkContext spark, Shards shards, TrainingJob job, Consumer<String> notice) {
    return switch (name) {
      case PARAMETER_AVERAGING ->
          TrainingStrategy.over(spark, shards, job, parameterAveraging(job), notice);
      case GRADIENT_AVERAGING ->
          TrainingStrategy.over(spark, shards, job, new GradientAveraging(), notice);
      case SINGLE_PROCESS -> new SingleProcess(shards.blocks().first(), job, averagingPeriod);
      case DL4J -> new Dl4jAveraging(spark, shards, job, averagingPeriod, updaterState);
    };
  }

  private Averaging parameterAveraging(TrainingJob job) {
    Averaging parameters =
        new ParameterAveraging(averagingPeriod, new OuterMomentum(outerMomentum), updaterState);
    if (gradientEpochs == 0) {
      return parameters;
    }
    long until = (long) gradientEpochs * job.schedule().slotsPerEpoch();
    return new PostLocal(new GradientAveraging(), until, parameters);
  }
}
