package dev.lockstep.tests;

import dev.lockstep.data.ExampleBlock;
import dev.lockstep.strategy.Shards;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;

/** Data with tasks that have troubles. */
final class Troubled {
  private Troubled() {}

  /** Data whose tasks fail at two thirds of their first, and a third of their second attempts. */
  static Shards failing(Shards shards) {
    return withBlocks(
        shards,
        shards
            .blocks()
            .mapPartitions(
                block -> {
                  TaskContext task = TaskContext.get();
                  int draw = Math.floorMod(task.stageId() + task.partitionId(), 3);
                  if (task.attemptNumber() < draw) {
                    throw new IllegalStateException("made to fail");
                  }
                  return block;
                },
                true));
  }

  /** Data of which one partition's tasks do not end before a speculative copy has. */
  static Shards stuckUntilCopied(Shards shards) {
    return withBlocks(
        shards,
        shards
            .blocks()
            .mapPartitions(
                block -> {
                  TaskContext task = TaskContext.get();
                  boolean stuck = task.partitionId() == 1 && task.attemptNumber() == 0;
                  while (stuck && !task.isInterrupted()) {
                    Thread.onSpinWait();
                  }
                  return block;
                },
                true));
  }

  private static Shards withBlocks(Shards shards, JavaRDD<ExampleBlock> blocks) {
    return new Shards(shards.schema(), blocks, shards.tallies());
  }
}
