package dev.lockstep.strategy;

import dev.lockstep.data.ExampleBlock;
import dev.lockstep.models.ModelState;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** All workers of a run, each at its partition: one Spark job for what they do together. */
final class Workers implements AutoCloseable {
  private final JavaSparkContext spark;
  private final JavaRDD<ExampleBlock> blocks;
  private final Broadcast<TrainingJob> job;

  Workers(JavaSparkContext spark, Shards shards, TrainingJob job) {
    this.spark = spark;
    blocks = shards.blocks();
    this.job = spark.broadcast(job);
  }

  /** What a worker does, from a state that all have. */
  interface Task<R> extends Serializable {
    R run(Worker worker, ModelState state);
  }

  /** Runs the task on each worker; what they bring, by worker number. */
  <R> List<R> each(ModelState state, Task<R> task) {
    Broadcast<TrainingJob> job = this.job;
    Broadcast<ModelState> start = spark.broadcast(state);
    try {
      return blocks
          .mapPartitionsWithIndex(
              (number, block) ->
                  List.of(task.run(new Worker(job.value(), number, block.next()), start.value()))
                      .iterator(),
              true)
          .collect();
    } finally {
      start.destroy();
    }
  }

  @Override
  public void close() {
    TrainerPool.clear(job.value());
    job.destroy();
  }
}
