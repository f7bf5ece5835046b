package dev.lockstep.tests;

import dev.lockstep.strategy.Shards;
import java.io.Serializable;
import org.apache.spark.TaskContext;

/** Data with tasks that have troubles. */
final class Troubled {
  private Troubled() {}

  /** Befalls a task before it has its data. */
  private interface Trouble extends Serializable {
    void befall(TaskContext task);
  }

  /** Data whose tasks fail at two thirds of their first, and a third of their second attempts. */
  static Shards failing(Shards shards) {
    return with(
        shards,
        task -> {
          int draw = Math.floorMod(task.stageId() + task.partitionId(), 3);
          if (task.attemptNumber() < draw) {
            throw new IllegalStateException("made to fail");
          }
        });
  }

  /** Data of which one partition's tasks do not end before a speculative copy has. */
  static Shards stuckUntilCopied(Shards shards) {
    return with(
        shards,
        task -> {
          boolean stuck = task.partitionId() == 1 && task.attemptNumber() == 0;
          while (stuck && !task.isInterrupted()) {
            Pause.brief();
          }
        });
  }

  private static Shards with(Shards shards, Trouble trouble) {
    return new Shards(
        shards.schema(),
        shards
            .blocks()
            .mapPartitions(
                block -> {
                  trouble.befall(TaskContext.get());
                  return block;
                },
                true),
        shards.tallies());
  }
}
