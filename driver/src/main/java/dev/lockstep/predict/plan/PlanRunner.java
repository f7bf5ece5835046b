package dev.lockstep.predict.plan;

import dev.lockstep.data.LocalFiles;
import dev.lockstep.predict.PictureModel;
import dev.lockstep.predict.PictureTally;
import dev.lockstep.predict.PredictionProgress;
import dev.lockstep.predict.output.PredictionOutput;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.util.LongAccumulator;

/** Does what a plan says, as far as it is not done. */
record PlanRunner(
    JavaSparkContext spark, PredictionOutput output, int generation, PredictionProgress progress) {

  /**
   * Predicts.
   *
   * @param top how many of the most probable classes to name
   * @return of all the plan's pictures
   */
  Result run(PicturePlan plan, PictureModel model, int top, Configuration hadoop) {
    Set<String> names = output.names(output.plan(generation, "done"), hadoop);
    List<PlanChunk> done =
        plan.chunks().stream().filter(chunk -> names.contains(chunk.recordName())).toList();
    List<PlanChunk> left =
        plan.chunks().stream().filter(chunk -> !names.contains(chunk.recordName())).toList();
    long before = done.stream().mapToLong(PlanChunk::pictures).sum();
    PictureTally tally = recorded(done).merge(predict(left, plan, before, model, top));
    if (tally.pictures() != plan.pictures()) {
      throw new IllegalStateException(
          "of %d pictures there are results of %d".formatted(plan.pictures(), tally.pictures()));
    }
    return new Result(tally, before);
  }

  /**
   * What became of a plan.
   *
   * @param before how many of its pictures an earlier run had done
   */
  record Result(PictureTally tally, long before) {}

  private PictureTally recorded(List<PlanChunk> done) {
    if (done.isEmpty()) {
      return PictureTally.NONE;
    }
    PredictionOutput from = output;
    int of = generation;
    return spark
        .parallelize(done)
        .map(
            chunk ->
                from.read(
                        from.done(of, chunk.recordName()),
                        PictureTally.class,
                        LocalFiles.in(SparkHadoopUtil.get().conf()))
                    .orElseThrow())
        .fold(PictureTally.NONE, PictureTally::merge);
  }

  private PictureTally predict(
      List<PlanChunk> chunks, PicturePlan plan, long before, PictureModel model, int top) {
    if (chunks.isEmpty()) {
      return PictureTally.NONE;
    }
    LongAccumulator counted = spark.sc().longAccumulator("pictures done");
    Broadcast<PredictionTask> task =
        spark.broadcast(new PredictionTask(model, top, output, generation));
    try {
      return new ProgressClock(progress, counted)
          .during(
              plan.pictures(),
              before,
              () ->
                  spark
                      .parallelize(chunks, chunks.size())
                      .map(chunk -> run(task.value(), chunk, counted))
                      .fold(PictureTally.NONE, PictureTally::merge));
    } finally {
      task.destroy();
    }
  }

  private static PictureTally run(PredictionTask task, PlanChunk chunk, LongAccumulator counted) {
    PictureTally tally = task.run(chunk);
    counted.add(tally.pictures());
    return tally;
  }
}
