package dev.lockstep.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.DataError;
import dev.lockstep.data.Example;
import dev.lockstep.data.ExampleBlock;
import dev.lockstep.data.Examples;
import dev.lockstep.data.Schema;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.models.network.TutorialNetworks;
import dev.lockstep.spark.ClusterException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.VoidFunction;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(SparkExtension.class)
class WorkerStageTest {
  private static final Supervision NO_LIMIT = Supervision.none(Duration.ofHours(1));
  private static final Schema SCHEMA =
      Schema.classification(List.of(4), Schema.FeatureType.FLOAT32, Schema.numbered(3));
  private static final int EXAMPLES = 101;
  private static final String TIMEOUT = "spark.lockstep.timeout";
  private static final Averaging PERIOD_3 = new ParameterAveraging(3, OuterOptimizer.NONE);

  /** How often a run is still to fail, by the id of its job: tasks run in this process. */
  private static final Map<String, AtomicInteger> FAILURES = new ConcurrentHashMap<>();

  /** Slots in which another job's tasks are. */
  private static final Set<Integer> SLOTS_HELD = ConcurrentHashMap.newKeySet();

  static Stream<Arguments> combinations() {
    OuterOptimizer momentum = new OuterOptimizer(OuterRule.MOMENTUM, 1, 0.5);
    return Stream.of(
            new ParameterAveraging(5, OuterOptimizer.NONE),
            new ParameterAveraging(3, momentum),
            new GradientAveraging(),
            new AutomaticPeriod(new ParameterAveraging(1, momentum), 4),
            new PostLocal(7, new ParameterAveraging(4, momentum)))
        .flatMap(
            averaging -> IntStream.rangeClosed(1, 4).mapToObj(n -> Arguments.of(averaging, n)));
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void meeting_inside_a_stage_gives_the_same_bits_as_meeting_in_the_driver(
      Averaging averaging, int workers, JavaSparkContext spark) {
    try (Shards shards = shards(spark, workers)) {
      TrainingJob job = job(shards);
      long slots = job.schedule().slots();
      try (TrainingStrategy inDriver = new JobPerRound(spark, shards, job, averaging);
          TrainingStrategy inStage = new WorkerStage(spark, shards, job, averaging)) {
        List<Outcome> expected = inDriver.run(start(), segments(inDriver, slots, 1), NO_LIMIT);

        try (TrainingStrategy inThread = new OneThread(shards.blocks().collect(), job, averaging)) {
          expectSame(inThread.run(start(), segments(inThread, slots, 1), NO_LIMIT), expected);
        }
        expectSame(inStage.run(start(), segments(inStage, slots, 1), NO_LIMIT), expected);
        assertThat(last(inStage.run(start(), segments(inStage, slots, 4), NO_LIMIT)).state())
            .isEqualTo(last(expected).state());
      }
    }
  }

  @Test
  void many_more_workers_than_slots_and_some_without_examples_give_the_same_bits(
      JavaSparkContext spark) {
    try (Shards shards = shards(spark, 120)) {
      TrainingJob job = job(shards, 300);
      long slots = job.schedule().slots();
      try (TrainingStrategy inDriver = new JobPerRound(spark, shards, job, PERIOD_3);
          TrainingStrategy inStage = new WorkerStage(spark, shards, job, PERIOD_3)) {
        expectSame(
            inStage.run(start(), segments(inStage, slots, 1), NO_LIMIT),
            inDriver.run(start(), segments(inDriver, slots, 1), NO_LIMIT));
      }
    }
  }

  /** All but the time they took, to the bit. */
  private static void expectSame(List<Outcome> outcomes, List<Outcome> expected) {
    assertThat(outcomes)
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes(".*\\.time")
        .isEqualTo(expected);
  }

  @Test
  void workers_go_on_from_the_drivers_state_whether_or_not_they_keep_one(JavaSparkContext spark) {
    try (Shards shards = shards(spark, 2)) {
      TrainingJob job = job(shards);
      List<Segment> first = List.of(new Segment(0, 3));
      List<Segment> second = List.of(new Segment(3, 6));
      try (TrainingStrategy inDriver = new JobPerRound(spark, shards, job, PERIOD_3);
          TrainingStrategy inStage = new WorkerStage(spark, shards, job, PERIOD_3)) {
        ModelState middle = last(inDriver.run(start(), first, NO_LIMIT)).state();
        List<Outcome> expected = inDriver.run(middle, second, NO_LIMIT);

        ModelState kept = last(inStage.run(start(), first, NO_LIMIT)).state();
        expectSame(inStage.run(kept, second, NO_LIMIT), expected);

        ModelState lost = last(inStage.run(start(), first, NO_LIMIT)).state();
        RunPool.forget(job.id());
        expectSame(inStage.run(lost, second, NO_LIMIT), expected);

        inStage.run(start(), first, NO_LIMIT);
        expectSame(inStage.run(start(), second, NO_LIMIT), inDriver.run(start(), second, NO_LIMIT));
      }
    }
  }

  @Test
  void the_driver_hears_how_far_workers_are_and_stops_them_while_they_train(
      JavaSparkContext spark) {
    try (Shards shards = shards(spark, 2)) {
      TrainingJob job = job(shards, 1_000_000_000);
      List<Progress> told = new ArrayList<>();
      Supervision stopping =
          new Supervision(
              Duration.ofMillis(10), Duration.ofHours(1), told::add, () -> told.size() >= 2);
      try (TrainingStrategy strategy = new WorkerStage(spark, shards, job, PERIOD_3)) {
        Segment all = new Segment(0, job.schedule().slots());

        Outcome stopped = last(strategy.run(start(), List.of(all), stopping));

        long to = stopped.segment().to();
        assertThat(to).as("where workers were stopped").isLessThan(all.to());
        assertThat(told).hasSizeGreaterThanOrEqualTo(2);
        assertThat(told).isSortedAccordingTo(Comparator.comparing(Progress::slot));
        assertThat(told)
            .allSatisfy(
                progress -> {
                  assertThat(progress.slot()).isBetween(3L, to).isEqualTo(3 * progress.rounds());
                  assertThat(progress.examples())
                      .isBetween(progress.rounds(), 48 * progress.rounds());
                  assertThat(progress.lastLossSum()).isPositive();
                });
        assertThat(last(strategy.run(start(), List.of(new Segment(0, to)), NO_LIMIT)).state())
            .as("where workers are stopped does not show")
            .isEqualTo(stopped.state());
      }
    }
  }

  @Test
  void workers_who_wait_for_a_slot_can_be_stopped(JavaSparkContext spark) {
    try (Shards shards = shards(spark, 2)) {
      TrainingJob job = job(shards);
      Supervision stopping =
          new Supervision(
              Duration.ofSeconds(1), Duration.ofHours(1), told -> {}, () -> !SLOTS_HELD.isEmpty());
      int slots = spark.defaultParallelism();
      JavaFutureAction<Void> elsewhere =
          spark
              .parallelize(IntStream.range(0, slots).boxed().toList(), slots)
              .foreachAsync(WorkerStageTest::holdSlot);
      try (TrainingStrategy strategy = new WorkerStage(spark, shards, job, PERIOD_3)) {
        while (SLOTS_HELD.size() < slots) {
          LockSupport.parkNanos(1_000_000);
        }
        assertThat(strategy.run(start(), segments(strategy, job.schedule().slots(), 1), stopping))
            .isEmpty();
      } finally {
        elsewhere.cancel(true);
      }
    }
  }

  private static void holdSlot(int number) {
    SLOTS_HELD.add(number);
    while (!TaskContext.get().isInterrupted()) {
      LockSupport.parkNanos(1_000_000);
    }
    SLOTS_HELD.remove(number);
  }

  @Test
  void a_worker_that_fails_at_its_first_attempt_does_not_show(JavaSparkContext spark) {
    try (Shards shards = shards(spark, 2)) {
      TrainingJob job = job(shards);
      long slots = job.schedule().slots();
      AtomicInteger left = new AtomicInteger(2);
      FAILURES.put(job.id(), left);
      try (TrainingStrategy inDriver = new JobPerRound(spark, shards, job, PERIOD_3);
          TrainingStrategy flaky = new WorkerStage(spark, flaky(shards, job.id()), job, PERIOD_3)) {
        expectSame(
            flaky.run(start(), segments(flaky, slots, 2), NO_LIMIT),
            inDriver.run(start(), segments(inDriver, slots, 2), NO_LIMIT));
        assertThat(left).hasValue(0);
      }
    }
  }

  @Test
  void an_error_in_the_data_is_told_at_once(JavaSparkContext spark) {
    try (Shards shards = shards(spark, 2)) {
      TrainingJob job = job(shards);
      JavaRDD<Examples> damaged =
          shards
              .blocks()
              .map(
                  block -> {
                    throw new DataError("train.idx: damaged");
                  });
      try (TrainingStrategy strategy =
          new WorkerStage(spark, withBlocks(shards, damaged), job, PERIOD_3)) {
        assertThatThrownBy(() -> strategy.run(start(), List.of(new Segment(0, 3)), NO_LIMIT))
            .hasMessage("a worker failed")
            .hasCauseInstanceOf(DataError.class)
            .hasRootCauseMessage("train.idx: damaged");
      }
    }
  }

  @Test
  void workers_that_lose_each_other_as_often_as_spark_tries_a_stage_are_the_clusters_fault(
      JavaSparkContext spark) {
    SparkConf conf = SparkEnv.get().conf();
    conf.set(TIMEOUT, "1s");
    try (Shards shards = shards(spark, 2)) {
      TrainingJob job = job(shards);
      try (TrainingStrategy strategy = new WorkerStage(spark, hanging(shards), job, PERIOD_3)) {
        assertThatThrownBy(() -> strategy.run(start(), List.of(new Segment(0, 3)), NO_LIMIT))
            .isInstanceOf(ClusterException.class)
            .hasMessageMatching(
                "workers lost each other 4 times: waited \\d{4,} ms for .* in vain");
      }
    } finally {
      conf.remove(TIMEOUT);
    }
  }

  @Test
  void a_worker_that_fails_each_time_ends_the_run(JavaSparkContext spark) {
    try (Shards shards = shards(spark, 2)) {
      TrainingJob job = job(shards);
      AtomicInteger left = new AtomicInteger(100);
      FAILURES.put(job.id(), left);
      try (TrainingStrategy strategy =
          new WorkerStage(spark, flaky(shards, job.id()), job, PERIOD_3)) {
        assertThatThrownBy(() -> strategy.run(start(), List.of(new Segment(0, 3)), NO_LIMIT))
            .hasMessage("workers failed 4 times")
            .hasRootCauseMessage("made to fail");
        assertThat(left).hasValue(96);
      }
    }
  }

  /** Worker 1 fails as often as {@link #FAILURES} says. */
  private static Shards flaky(Shards shards, String id) {
    return disturbed(
        shards,
        task -> {
          if (FAILURES.get(id).getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            throw new IllegalStateException("made to fail");
          }
        });
  }

  /** Worker 1 does not come before it is told to stop. */
  private static Shards hanging(Shards shards) {
    return disturbed(
        shards,
        task -> {
          while (!task.isInterrupted()) {
            LockSupport.parkNanos(1_000_000);
          }
        });
  }

  /** Something happens to worker 1 before it trains. */
  private static Shards disturbed(Shards shards, VoidFunction<TaskContext> disturbance) {
    return withBlocks(
        shards,
        shards
            .blocks()
            .mapPartitions(
                block -> {
                  if (TaskContext.getPartitionId() == 1) {
                    disturbance.call(TaskContext.get());
                  }
                  return block;
                },
                true));
  }

  private static Shards withBlocks(Shards shards, JavaRDD<Examples> blocks) {
    return new Shards(shards.schema(), blocks, shards.tallies());
  }

  private static Outcome last(List<Outcome> outcomes) {
    return outcomes.get(outcomes.size() - 1);
  }

  /** Segments of so many rounds. */
  private static List<Segment> segments(TrainingStrategy strategy, long slots, int rounds) {
    List<Segment> segments = new ArrayList<>();
    for (long from = 0, to; from < slots; from = to) {
      to = from;
      for (int round = 0; round < rounds && to < slots; round++) {
        to = Math.min(slots, strategy.roundEnd(to));
      }
      segments.add(new Segment(from, to));
    }
    return segments;
  }

  private static Shards shards(JavaSparkContext spark, int workers) {
    Random random = new Random(5);
    List<Example> examples =
        IntStream.range(0, EXAMPLES)
            .mapToObj(
                id -> {
                  float[] features = new float[4];
                  for (int i = 0; i < features.length; i++) {
                    features[i] = (float) random.nextGaussian();
                  }
                  return Example.point(id, features, random.nextInt(3));
                })
            .toList();
    JavaRDD<Examples> blocks =
        ExampleBlock.pack(spark.parallelize(examples, workers), SCHEMA).cache();
    List<Tally> tallies = blocks.map(Shards::tally).collect();
    return new Shards(SCHEMA, blocks, tallies);
  }

  private static TrainingJob job(Shards shards) {
    return job(shards, 40);
  }

  private static TrainingJob job(Shards shards, long steps) {
    Schedule schedule =
        new Schedule(shards.sizes(), 8, EpochEnd.RUN_ON, new TrainingLength.Steps(steps));
    return TrainingJob.of(
        LocalTrainers.factory(NetworkDefinition.of(network()), LocalStep.BLAS, 3, 4),
        schedule,
        Ordering.SHUFFLED,
        9);
  }

  private static ModelState start() {
    return Dl4jLocalTrainer.stateOf(network());
  }

  private static MultiLayerNetwork network() {
    return TutorialNetworks.softmax(4, 3, Optimizer.ADAM.updater(0.01), 1);
  }
}
