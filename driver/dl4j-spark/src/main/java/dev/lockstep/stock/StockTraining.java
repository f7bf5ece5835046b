package dev.lockstep.stock;

import dev.lockstep.models.LocalStep;
import dev.lockstep.strategy.Ledger;
import dev.lockstep.strategy.Schedule;
import dev.lockstep.strategy.Shards;
import dev.lockstep.strategy.Strategy;
import dev.lockstep.strategy.TrainingJob;
import dev.lockstep.strategy.TrainingStrategy;
import dev.lockstep.strategy.UpdaterState;
import dev.lockstep.strategy.WholeEpochs;
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
    if (period < 1) {
      throw new IllegalArgumentException("averaging period must be at least 1, not " + period);
    }
  }

  @Override
  public TrainingStrategy open(JavaSparkContext spark, Shards shards, TrainingJob job) {
    return new WholeEpochs(shards, job, new Dl4jAveraging(spark, job, period, updaterState));
  }

  /** It is given an epoch at once. */
  @Override
  public boolean needsAllInMemory(JavaSparkContext spark) {
    return true;
  }

  @Override
  public boolean makesOwnSteps() {
    return false;
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
