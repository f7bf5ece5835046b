package dev.lockstep.bench;

import dev.lockstep.strategy.StockTrainer;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** DL4J's Spark layer, which is in a jar of its own, as {@link StockTrainer}. */
public interface StockContenders {

  /** Its ways to train; the first is the fastest. */
  List<Contender> all(BenchSetup setup);

  /** The ones on the class path. */
  static Optional<StockContenders> find() {
    return ServiceLoader.load(StockContenders.class, StockContenders.class.getClassLoader())
        .findFirst();
  }
}
