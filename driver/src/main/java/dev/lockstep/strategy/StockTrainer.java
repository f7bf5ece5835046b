package dev.lockstep.strategy;

import java.util.ServiceLoader;

/**
 * DL4J's own trainer over Spark. It is in a jar of its own, which Lockstep does without: DL4J made
 * it for Scala 2.12, that is for Spark 3.5, and no longer maintains it.
 */
public interface StockTrainer {
  /** Where somebody asks for it and it is not there. */
  String ABSENT =
      "DL4J's own trainer is in lockstep-dl4j-spark.jar, of Spark 3.5 only, which is not on the"
          + " class path: give it to spark-submit with --jars";

  /** As a strategy. */
  Strategy strategy(int averagingPeriod, UpdaterState updaterState);

  /**
   * The one on the class path.
   *
   * @throws IllegalArgumentException if there is none, saying what to do
   */
  static StockTrainer find() {
    return ServiceLoader.load(StockTrainer.class, StockTrainer.class.getClassLoader())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(ABSENT));
  }
}
