package dev.lockstep.strategy;

import dev.lockstep.collective.Meeting;
import dev.lockstep.collective.MeetingFailure;
import dev.lockstep.data.Examples;
import dev.lockstep.data.Transport;
import dev.lockstep.data.Transport.Shared;
import dev.lockstep.models.ModelState;
import dev.lockstep.spark.ClusterException;
import dev.lockstep.spark.Crew;
import dev.lockstep.spark.JobFailure;
import dev.lockstep.spark.SparkJob;
import dev.lockstep.spark.TaskSlots;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** All workers of a run, each with its partition: Spark jobs for what they do together. */
final class Workers implements AutoCloseable {
  private final JavaSparkContext spark;
  private final TaskSlots slots;
  private final JavaRDD<Examples> blocks;
  private final Crew<Examples> crew;
  private final Shared<TrainingJob> job;

  Workers(JavaSparkContext spark, Shards shards, TrainingJob job) {
    this.spark = spark;
    slots = new TaskSlots(spark);
    blocks = shards.blocks();
    crew = new Crew<>(blocks);
    this.job = Transport.share(spark, job);
    LiveRuns.begin(job.id());
  }

  /** What a worker does, from a state that all have. */
  interface WorkerTask<R> extends Serializable {
    R run(Worker worker, ModelState state);
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
    expectCluster();
    Shared<ModelState> start = Transport.share(spark, state);
    try {
      return SparkJob.collect(
          blocks.mapPartitionsWithIndex(
              (number, block) -> {
                RunPool.keepOnly(live);
                Worker worker = RunPool.worker(job.value(), number, block.next());
                R result = task.run(worker, start.value());
                RunPool.giveBack(job.value(), worker);
                return List.of(result).iterator();
              },
              true),
          slots.watchForAny());
    } finally {
      start.destroy();
    }
  }

  /**
   * Runs the task as often as there are slots for workers; those who come to the meeting share the
   * workers out.
   *
   * @param stretch what is trained, for people who watch Spark
   * @param watch done again and again while they run; what it throws ends them
   * @return what hosts bring
   * @throws MeetingFailure if they cannot go on, or Spark's job fails
   */
  List<WorkerMessage<List<Outcome>>> together(
      Segment stretch, HostTask task, Runnable watch, Meeting meeting) {
    Shared<TrainingJob> job = this.job;
    Set<String> live = LiveRuns.ids();
    expectCluster();
    describe(stretch);
    return meeting.run(
        crew,
        wantedPlaces(),
        (context, data) -> {
          RunPool.keepOnly(live);
          return task.run(job.value(), context, data);
        },
        watch);
  }

  /** Where hosts are wanted: each at a worker's examples, where each worker has a host. */
  private List<List<String>> wantedPlaces() {
    int count = slots.wanted(blocks.getNumPartitions());
    List<List<String>> wanted = new ArrayList<>(Collections.nCopies(count, List.of()));
    if (count == blocks.getNumPartitions()) {
      Map<List<String>, Integer> hosts = new HashMap<>();
      int most = slots.perExecutor();
      for (int worker = 0; worker < count; worker++) {
        List<String> places = crew.places(worker);
        // Who is wanted where there is no room would wait for it.
        if (hosts.merge(places, 1, Integer::sum) <= most) {
          wanted.set(worker, places);
        }
      }
    }
    return wanted;
  }

  /** Where each worker's examples are, in Spark's words. */
  List<List<String>> places() {
    return IntStream.range(0, blocks.getNumPartitions()).mapToObj(crew::places).toList();
  }

  /** What a task reads a worker's examples by. */
  Serializable part(int worker) {
    return crew.part(worker);
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

  private void expectCluster() {
    if (spark.sc().isStopped()) {
      throw new ClusterException("the cluster has ended the application");
    }
  }

  @Override
  public void close() {
    String id = job.value().id();
    LiveRuns.end(id);
    RunPool.forget(id);
    job.destroy();
  }
}
