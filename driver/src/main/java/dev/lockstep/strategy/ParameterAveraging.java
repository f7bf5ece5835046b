package dev.lockstep.strategy;

import dev.lockstep.data.ExampleBlock;
import dev.lockstep.models.ModelState;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Each worker trains its own replica for a period of minibatches, then all continue from the
 * average (McDonald, Hall and Mann 2010; with period 1 and SGD, a step on the joined minibatch).
 * One Spark job a round: parameters out, minibatches on every worker, parameters back.
 */
public final class ParameterAveraging implements TrainingStrategy {
  private final JavaSparkContext spark;
  private final JavaRDD<ExampleBlock> blocks;
  private final Broadcast<TrainingJob> job;
  private final long slots;
  private final int period;

  /**
   * @param shards one block a worker, cached
   * @param period minibatches of each worker between two averages, at least 1
   */
  public ParameterAveraging(JavaSparkContext spark, Shards shards, TrainingJob job, int period) {
    this.spark = spark;
    blocks = shards.blocks();
    this.job = spark.broadcast(job);
    this.period = period;
    slots = job.schedule().slots();
  }

  @Override
  public long nextAgreement(long slot) {
    return Math.min(slots, (slot / period + 1) * period);
  }

  @Override
  public Outcome run(ModelState state, Segment segment) {
    Broadcast<ModelState> start = spark.broadcast(state);
    try {
      List<WorkerResult> results = trainOnWorkers(start, segment);
      return new Outcome(WeightedAverage.merge(results), results);
    } finally {
      start.destroy();
    }
  }

  private List<WorkerResult> trainOnWorkers(Broadcast<ModelState> start, Segment segment) {
    Broadcast<TrainingJob> job = this.job;
    return blocks
        .mapPartitionsWithIndex(
            (worker, block) ->
                List.of(Worker.train(job.value(), worker, block.next(), start.value(), segment))
                    .iterator(),
            true)
        .collect()
        .stream()
        .sorted(Comparator.comparingInt(WorkerResult::worker))
        .toList();
  }

  @Override
  public void close() {
    TrainerPool.clear(job.value());
    job.destroy();
  }
}
