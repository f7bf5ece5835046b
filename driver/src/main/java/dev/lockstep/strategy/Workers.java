package dev.lockstep.strategy;

import dev.lockstep.data.Examples;
import dev.lockstep.data.Transport;
import dev.lockstep.data.Transport.Shared;
import dev.lockstep.models.ModelState;
import dev.lockstep.spark.ClusterException;
import dev.lockstep.spark.JobFailure;
import dev.lockstep.spark.SlotWatch;
import dev.lockstep.spark.SparkJob;
import dev.lockstep.spark.TaskSlots;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Function2;
import scala.collection.Iterator;
import scala.collection.Iterator$;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** All workers of a run, each at its partition: one Spark job for what they do together. */
final class Workers implements AutoCloseable {
  private final JavaSparkContext spark;
  private final TaskSlots slots;
  private final JavaRDD<Examples> blocks;
  private final Shared<TrainingJob> job;

  Workers(JavaSparkContext spark, Shards shards, TrainingJob job) {
    this.spark = spark;
    slots = new TaskSlots(spark);
    blocks = shards.blocks();
    this.job = Transport.share(spark, job);
    LiveRuns.begin(job.id());
  }

  /** What a worker does, from a state that all have. */
  interface WorkerTask<R> extends Serializable {
    R run(Worker worker, ModelState state);
  }

  /** What a worker does that meets others, all of whom run at the same time. */
  interface BarrierTask<R> extends Serializable {
    R run(Worker worker, ModelState state, BarrierTaskContext context);
  }

  /**
   * Runs the task on each worker.
   *
   * @param stretch what is trained, for people who watch Spark
   * @return what they bring, by worker number
   * @throws JobFailure if Spark's job fails
   * @throws ClusterException if all executors are lost and none comes
   */
  <R> List<R> each(Segment stretch, ModelState state, WorkerTask<R> task) {
    Shared<TrainingJob> job = this.job;
    Set<String> live = LiveRuns.ids();
    describe(stretch);
    return withBroadcast(
        state,
        slots.watchForAny(),
        start ->
            blocks.mapPartitionsWithIndex(
                (number, block) -> {
                  RunPool.keepOnly(live);
                  R result =
                      RunPool.asWorker(
                          job.value(),
                          number,
                          block.next(),
                          worker -> task.run(worker, start.value()));
                  return List.of(result).iterator();
                },
                true));
  }

  /**
   * Runs the task on all workers at once.
   *
   * @param stretch what is trained, for people who watch Spark
   * @param meanwhile done again and again while they run
   * @return what they bring, by worker number
   * @throws JobFailure if Spark's job fails, after it has tried again if a worker was lost
   * @throws TaskSlots.TooFew if a worker was lost and there is no slot for another
   */
  <R> List<R> together(Segment stretch, ModelState state, BarrierTask<R> task, Runnable meanwhile) {
    Shared<TrainingJob> job = this.job;
    Set<String> live = LiveRuns.ids();
    describe(stretch);
    SlotWatch watch = slots.watch(job.value().schedule().workers());
    return withBroadcast(
        state,
        () -> {
          watch.run();
          meanwhile.run();
        },
        start ->
            barrier(
                (number, block) -> {
                  RunPool.keepOnly(live);
                  return RunPool.asWorker(
                      job.value(),
                      number,
                      block,
                      worker -> task.run(worker, start.value(), BarrierTaskContext.get()));
                }));
  }

  private void describe(Segment stretch) {
    Schedule schedule = job.value().schedule();
    String epoch = "epoch " + (schedule.epochs(stretch.from()) + 1);
    String steps =
        String.format(
            Locale.ROOT,
            "%s, steps %,d to %,d of %,d",
            epoch,
            schedule.steps(stretch.from()) + 1,
            schedule.steps(stretch.to()),
            schedule.steps(schedule.slots()));
    spark.setJobGroup(epoch, steps);
  }

  private <R> List<R> withBroadcast(
      ModelState state, Runnable watch, Function<Shared<ModelState>, JavaRDD<R>> work) {
    if (spark.sc().isStopped()) {
      throw new ClusterException("the cluster has ended the application");
    }
    Shared<ModelState> start = Transport.share(spark, state);
    try {
      return SparkJob.collect(work.apply(start), watch);
    } finally {
      start.destroy();
    }
  }

  private interface PartitionTask<R> extends Serializable {
    R run(int number, Examples block);
  }

  /** Spark's Java interface has no barrier stages, so this is its Scala interface. */
  private <R> JavaRDD<R> barrier(PartitionTask<R> task) {
    Function2<Object, Iterator<Examples>, Iterator<R>> partition =
        (Function2<Object, Iterator<Examples>, Iterator<R>> & Serializable)
            (number, block) -> Iterator$.MODULE$.single(task.run((Integer) number, block.next()));
    ClassTag<R> any = ClassTag$.MODULE$.apply(Object.class);
    return JavaRDD.fromRDD(
        blocks.rdd().barrier().mapPartitionsWithIndex(partition, true, any), any);
  }

  @Override
  public void close() {
    String id = job.value().id();
    LiveRuns.end(id);
    RunPool.forget(id);
    job.destroy();
  }
}
