package dev.lockstep.strategy;

import dev.lockstep.models.LocalStep;
import java.io.Serializable;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * How workers combine what they learn, as a user chooses it for a run: {@link ParameterAveraging},
 * {@link GradientAveraging}, {@link PostLocalSgd}, {@link SingleWorker}, or an {@link Averaging} of
 * one's own. Values check their own rules.
 */
public interface Strategy extends Serializable {

  /**
   * Brings workers together for a run.
   *
   * @param shards one block a worker, cached
   */
  TrainingStrategy open(JavaSparkContext spark, Shards shards, TrainingJob job);

  /** How many workers there are where nothing is said. */
  default int defaultWorkers(JavaSparkContext spark) {
    return spark.defaultParallelism();
  }

  /**
   * Complains about a number of workers that cannot be.
   *
   * @throws IllegalArgumentException saying how many there can be
   */
  default void expectWorkers(int workers) {}

  /** Whether a worker has to have all of its examples in memory. */
  default boolean needsAllInMemory(JavaSparkContext spark) {
    return false;
  }

  /** What computes a minibatch, where a choice is given. */
  default LocalStep localStep(LocalStep choice) {
    return choice;
  }

  /**
   * Whether workers make steps as the run says: with its changes of learning rates, of so many
   * minibatches, and with weights averaged over time.
   */
  default boolean makesOwnSteps() {
    return true;
  }

  /** Whether all workers' minibatches make one update in an epoch, counted from 0. */
  default boolean averagesGradients(int epoch) {
    return false;
  }

  /**
   * What accounts for a run's examples.
   *
   * @param notice told if some are lost, where the trainer is one that may lose some
   */
  default Ledger ledger(Schedule schedule, Shards shards, Consumer<String> notice) {
    return Ledger.exact(schedule, shards.tallies());
  }
}
