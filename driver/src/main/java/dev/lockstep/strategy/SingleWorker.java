package dev.lockstep.strategy;

import dev.lockstep.data.Transport;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * One worker in the driver, with no Spark job.
 *
 * @param period minibatches between two points at which the driver may look, at least 1
 */
public record SingleWorker(int period) implements Strategy {
  public SingleWorker {
    ParameterAveraging.expectPeriod(period);
  }

  @Override
  public TrainingStrategy open(JavaSparkContext spark, Shards shards, TrainingJob job) {
    return new SingleProcess(Transport.first(shards.blocks()), job, period);
  }

  /** The driver sees no disk of an executor. */
  @Override
  public boolean needsAllInMemory(JavaSparkContext spark) {
    return !spark.isLocal();
  }

  @Override
  public int defaultWorkers(JavaSparkContext spark) {
    return 1;
  }

  @Override
  public void expectWorkers(int workers) {
    if (workers != 1) {
      throw new IllegalArgumentException("a single process has one worker, not " + workers);
    }
  }
}
