package dev.lockstep.stock;

import dev.lockstep.strategy.StockTrainer;
import dev.lockstep.strategy.Strategy;
import dev.lockstep.strategy.UpdaterState;

/** How {@code --strategy dl4j} finds it. */
public final class Dl4jTrainer implements StockTrainer {
  @Override
  public Strategy strategy(int averagingPeriod, UpdaterState updaterState) {
    return new StockTraining(averagingPeriod, updaterState);
  }
}
