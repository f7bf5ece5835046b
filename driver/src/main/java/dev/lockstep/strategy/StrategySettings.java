package dev.lockstep.strategy;

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
 */
public record StrategySettings(
    StrategyName name, int averagingPeriod, int gradientEpochs, double outerMomentum) {

  /** How many workers there are where nothing is said. */
  public int defaultWorkers(JavaSparkContext spark) {
    return name == StrategyName.SINGLE_PROCESS ? 1 : spark.defaultParallelism();
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
    };
  }

  private Averaging parameterAveraging(TrainingJob job) {
    Averaging parameters =
        new ParameterAveraging(averagingPeriod, new OuterMomentum(outerMomentum));
    if (gradientEpochs == 0) {
      return parameters;
    }
    long until = (long) gradientEpochs * job.schedule().slotsPerEpoch();
    return new PostLocal(new GradientAveraging(), until, parameters);
  }
}
