package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.fetch.PublishedData;
import dev.lockstep.models.ModelState;
import dev.lockstep.strategy.JobPerRound;
import dev.lockstep.strategy.RunPool;
import dev.lockstep.strategy.WorkerStage;
import dev.lockstep.tests.Runs.Strategy;
import dev.lockstep.train.RoundReport;
import dev.lockstep.train.RunListener;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to executors, the parameters are the same to the bit. */
@Needs(PublishedData.MNIST)
@Tag("cluster")
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(180)
class ClusterDeterminismTest {
  private static final Map<Way, ModelState> UNDISTURBED = new EnumMap<>(Way.class);

  @TempDir private static Path folder;
  private static MiniCluster cluster;

  /** Three workers on two executors: some meet in memory, some over the network. */
  @BeforeAll
  static void start() {
    SparkExtension.stop();
    for (Way way : Way.values()) {
      UNDISTURBED.put(way, way.undisturbed());
    }
    cluster = new MiniCluster(folder, 2, 2, Map.of());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void the_number_of_processes_does_not_show() {
    try (JavaSparkContext spark = cluster.connect(new SparkConf())) {
      for (Way way : Way.values()) {
        Strategy inStage =
            (context, shards, job) -> new WorkerStage(context, shards, job, way.averaging());

        assertThat(Way.train(spark, inStage)).as(way.name()).isEqualTo(UNDISTURBED.get(way));
      }
    }
  }

  /** Once executors kept the replicas of every run for as long as they lived. */
  @Test
  void executors_keep_nothing_of_runs_that_have_ended_but_of_the_last() {
    try (JavaSparkContext spark = cluster.connect(new SparkConf())) {
      for (int run = 0; run < 6; run++) {
        Way.PARAMETERS.train(spark);
      }
      List<Integer> kept =
          spark.parallelize(List.of(1, 2, 3, 4), 4).map(task -> RunPool.runs()).collect();

      assertThat(kept).allMatch(runs -> runs <= 1);
    }
  }

  @Test
  void a_lost_executor_does_not_show() {
    try (JavaSparkContext spark = cluster.connect(new SparkConf())) {
      assertThat(cluster.executors()).hasSize(2);
      for (Way way : Way.values()) {
        KillAnExecutor listener = new KillAnExecutor(5);

        ModelState state = way.train(spark, listener);

        assertThat(listener.killed).isTrue();
        assertThat(state).as(way.name()).isEqualTo(UNDISTURBED.get(way));
      }
    }
  }

  /** Executors come as tasks wait for them, while others train already. */
  @Test
  void dynamic_allocation_does_not_show() {
    SparkConf dynamic =
        new SparkConf()
            .set("spark.dynamicAllocation.enabled", "true")
            .set("spark.dynamicAllocation.shuffleTracking.enabled", "true")
            .set("spark.dynamicAllocation.minExecutors", "1")
            .set("spark.executor.cores", "1");
    try (JavaSparkContext spark = cluster.connect(dynamic)) {
      for (Way way : List.of(Way.PARAMETERS, Way.POST_LOCAL)) {
        assertThat(way.train(spark)).as(way.name()).isEqualTo(UNDISTURBED.get(way));
      }
    }
  }

  @Test
  void kryo_that_wants_every_class_registered_does_not_show() {
    try (JavaSparkContext spark = cluster.connect(KryoTest.kryo(new SparkConf(), true))) {
      assertThat(Way.AUTOMATIC_WITH_OUTER_MOMENTUM.train(spark))
          .isEqualTo(UNDISTURBED.get(Way.AUTOMATIC_WITH_OUTER_MOMENTUM));
    }
  }

  @Test
  void a_speculative_copy_of_a_task_does_not_show() {
    SparkConf speculation =
        new SparkConf()
            .set("spark.speculation", "true")
            .set("spark.speculation.interval", "20ms")
            .set("spark.speculation.multiplier", "1.1")
            .set("spark.speculation.quantile", "0.5")
            .set("spark.locality.wait", "0");
    try (JavaSparkContext spark = cluster.connect(speculation)) {
      Strategy straggling =
          (context, shards, job) ->
              new JobPerRound(
                  context, Troubled.stuckUntilCopied(shards), job, Way.PARAMETERS.averaging());

      assertThat(Way.train(spark, straggling)).isEqualTo(UNDISTURBED.get(Way.PARAMETERS));
    }
  }

  /** Ends one executor's process by force after some rounds. */
  private static final class KillAnExecutor implements RunListener {
    private final long round;
    private boolean killed;

    KillAnExecutor(long round) {
      this.round = round;
    }

    @Override
    public void round(RoundReport report) {
      if (!killed && report.round() >= round) {
        killed =
            cluster.executors().stream()
                .findFirst()
                .map(ProcessHandle::destroyForcibly)
                .orElse(false);
      }
    }
  }
}
