package dev.lockstep.train;

import dev.lockstep.models.ModelState;
import dev.lockstep.models.TrainerFactory;
import dev.lockstep.strategy.Shards;
import dev.lockstep.table.NetworkTask;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Looks, while training, at data that is not trained.
 *
 * @param every how often
 * @param measure evaluates states, each for itself, in their order
 * @param stopping whether training may end early
 */
public record Validation(
    Cadence every,
    Function<List<ModelState>, List<? extends Evaluation>> measure,
    Optional<BestModel> stopping) {

  /**
   * Evaluates a network on a data set over Spark, computing as the run's trainers do.
   *
   * @param task what the network is for on such data
   */
  static Function<List<ModelState>, List<? extends Evaluation>> over(
      JavaSparkContext spark, Shards data, TrainerFactory trainers, NetworkTask task) {
    return states -> DistributedEvaluation.of(spark, data, trainers, task, states);
  }
}
