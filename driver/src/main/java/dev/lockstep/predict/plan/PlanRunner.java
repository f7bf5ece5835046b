package dev.lockstep.predict.plan;

import dev.lockstep.data.LocalFiles;
import dev.lockstep.predict.PredictionProgress;
import dev.lockstep.predict.PredictionTally;
import dev.lockstep.predict.output.PredictionOutput;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.util.LongAccumulator;

/** Does what a plan says, as far as it is not done. */
record PlanRunner<S, T extends PredictionTally<T>>(
    JavaSparkContext spark,
    PredictionWork<S, T> work,
    PredictionOutput output,
    int generation,
    PredictionProgress progress) {

  /**
   * Predicts.
   *
   * @return of all the plan's examples
   */
  Result<T> run(PredictionPlan<S> plan, Configuration hadoop) {
    Set<String> names = output.names(output.plan(generation, "done"), hadoop);
    List<PlanChunk> done =
        plan.chunks().stream().filter(chunk -> names.contains(chunk.recordName())).toList();
    List<PlanChunk> left =
        plan.chunks().stream().filter(chunk -> !names.contains(chunk.recordName())).toList();
    long before = done.stream().mapToLong(PlanChunk::examples).sum();
    T tally = recorded(done).merge(predict(left, plan, before));
    if (tally.examples() != plan.examples()) {
      throw new IllegalStateException(
          "of %d examples there are results of %d".formatted(plan.examples(), tally.examples()));
    }
    return new Result<>(tally, before);
  }

  /**
   * What became of a plan.
   *
   * @param before how many of its examples an earlier run had done
   */
  record Result<T>(T tally, long before) {}

  private T recorded(List<PlanChunk> done) {
    T nothing = work.nothing();
    if (done.isEmpty()) {
      return nothing;
    }
    PredictionOutput from = output;
    int of = generation;
    @SuppressWarnings("unchecked")
    Class<T> type = (Class<T>) nothing.getClass();
    return spark
        .parallelize(done)
        .map(
            chunk ->
                from.read(
                        from.done(of, chunk.recordName()),
                        type,
                        LocalFiles.in(SparkHadoopUtil.get().conf()))
                    .orElseThrow())
        .fold(nothing, PredictionTally::merge);
  }

  private T predict(List<PlanChunk> chunks, PredictionPlan<S> plan, long before) {
    T nothing = work.nothing();
    if (chunks.isEmpty()) {
      return nothing;
    }
    LongAccumulator counted = spark.sc().longAccumulator("examples done");
    Broadcast<ChunkTask<T>> task =
        spark.broadcast(new ChunkTask<>(work.task(), output, generation));
    try {
      return new ProgressClock(progress, counted)
          .during(
              plan.examples(),
              before,
              () ->
                  spark
                      .parallelize(chunks, chunks.size())
                      .map(chunk -> run(task.value(), chunk, counted))
                      .fold(nothing, PredictionTally::merge));
    } finally {
      task.destroy();
    }
  }

  private static <T extends PredictionTally<T>> T run(
      ChunkTask<T> task, PlanChunk chunk, LongAccumulator counted) {
    T tally = task.run(chunk);
    counted.add(tally.examples());
    return tally;
  }
}
