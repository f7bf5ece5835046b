package dev.lockstep.strategy;

import dev.lockstep.models.LocalStep;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * DL4J's own {@code ParameterAveragingTrainingMaster}, to compare with: it leaves examples out, and
 * how many is told.
 *
 * @param period minibatches of each worker between two averages, at least 1
 * @param updaterState whether it is to save the updater's, which by itself it does not
 */
public record StockTraining(int period, UpdaterState updaterState) implements Strategy {
  public StockTraining {
    ParameterAveraging.expectPeriod(period);
  }

  @Override
  public TrainingStrategy open(
      JavaSparkContext spark, Shards shards, TrainingJob job, Consumer<String> notice) {
    return new Dl4jAveraging(spark, shards, job, period, updaterState);
  }

  @Override
  public LocalStep localStep(LocalStep choice) {
    return LocalStep.DL4J;
  }

  @Override
  public Ledger ledger(Schedule schedule, Shards shards, Consumer<String> notice) {
    return Ledger.counting(schedule, notice);
  }
}
