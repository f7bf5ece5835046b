package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.ExampleBlock;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.Optimizer;
import dev.lockstep.models.TutorialNetworks;
import dev.lockstep.strategy.Averaging;
import dev.lockstep.strategy.BarrierStage;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.GradientAveraging;
import dev.lockstep.strategy.JobPerRound;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.OuterMomentum;
import dev.lockstep.strategy.ParameterAveraging;
import dev.lockstep.strategy.PostLocal;
import dev.lockstep.strategy.Shards;
import dev.lockstep.strategy.TrainingJob;
import dev.lockstep.strategy.TrainingLength.Epochs;
import dev.lockstep.strategy.TrainingStrategy;
import dev.lockstep.tests.Runs.Strategy;
import dev.lockstep.train.RoundReport;
import dev.lockstep.train.RunListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever happens to tasks and executors, the parameters are the same to the bit. */
class DeterminismTest {
  private static final Runs RUN =
      new Runs(3, 20, 4, EpochEnd.REMAINDER, Ordering.SHUFFLED, new Epochs(2), 11);
  private static final DataSource DATA = RealMnist.files().train().range(5000, 5700);

  /** The ways of training together. */
  enum Way {
    PARAMETERS(new ParameterAveraging(4, OuterMomentum.NONE)),
    GRADIENTS(new GradientAveraging()),
    POST_LOCAL(new PostLocal(GRADIENTS.averaging, 12, PARAMETERS.averaging)),
    OUTER_MOMENTUM(new ParameterAveraging(4, new OuterMomentum(0.6)));

    private final Averaging averaging;
    private ModelState undisturbed;

    Way(Averaging averaging) {
      this.averaging = averaging;
    }

    TrainingStrategy open(JavaSparkContext spark, Shards shards, TrainingJob job) {
      return TrainingStrategy.over(spark, shards, job, averaging, notice -> {});
    }

    ModelState train(JavaSparkContext spark) {
      return train(spark, this::open);
    }

    static ModelState train(JavaSparkContext spark, Strategy strategy) {
      return RUN.trained(spark, DATA, network(), strategy);
    }
  }

  @BeforeAll
  static void trainUndisturbed() {
    for (Way way : Way.values()) {
      way.undisturbed = way.train(SparkExtension.context());
    }
    SparkExtension.stop();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void the_number_of_cores_does_not_show(Way way) {
    for (String master : List.of("local[1]", "local[3]")) {
      try (JavaSparkContext spark = local(master)) {
        assertThat(way.train(spark)).as(master).isEqualTo(way.undisturbed);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void tasks_that_fail_at_their_first_attempts_do_not_show(Way way) {
    try (JavaSparkContext spark = local("local[2,4]")) {
      Strategy flaky =
          (context, shards, job) ->
              new JobPerRound(context, unreliable(shards), job, way.averaging);

      assertThat(Way.train(spark, flaky)).isEqualTo(way.undisturbed);
    }
  }

  @Test
  @Tag("slow")
  @Timeout(180)
  void the_number_of_processes_does_not_show(@TempDir Path folder) {
    SparkConf secured =
        new SparkConf()
            .set("spark.authenticate", "true")
            .set("spark.authenticate.secret", "of the test")
            .set("spark.network.crypto.enabled", "true");
    for (SparkConf conf : List.of(new SparkConf(), secured)) {
      try (TinyCluster cluster = new TinyCluster(folder, conf);
          JavaSparkContext spark = cluster.connect(conf)) {
        for (Way way : Way.values()) {
          Strategy inStage =
              (context, shards, job) -> new BarrierStage(context, shards, job, way.averaging);

          assertThat(Way.train(spark, inStage)).as(way.name()).isEqualTo(way.undisturbed);
        }
      }
    }
  }

  @Test
  @Tag("slow")
  @Timeout(180)
  void a_lost_executor_does_not_show(@TempDir Path folder) {
    try (TinyCluster cluster = new TinyCluster(folder);
        JavaSparkContext spark = cluster.connect(new SparkConf())) {
      assertThat(TinyCluster.executors()).hasSize(2);
      for (Way way : Way.values()) {
        KillAnExecutor listener = new KillAnExecutor(5);

        ModelState state =
            RUN.trained(
                    spark,
                    DATA,
                    network(),
                    way::open,
                    Optional.empty(),
                    run -> run.execute(Runs.start(network())),
                    listener)
                .state();

        assertThat(listener.killed).isTrue();
        assertThat(state).as(way.name()).isEqualTo(way.undisturbed);
      }
    }
  }

  @Test
  @Tag("slow")
  @Timeout(180)
  void a_speculative_copy_of_a_task_does_not_show(@TempDir Path folder) {
    SparkConf speculation =
        new SparkConf()
            .set("spark.speculation", "true")
            .set("spark.speculation.interval", "20ms")
            .set("spark.speculation.multiplier", "1.1")
            .set("spark.speculation.quantile", "0.5")
            .set("spark.locality.wait", "0");
    try (TinyCluster cluster = new TinyCluster(folder);
        JavaSparkContext spark = cluster.connect(speculation)) {
      Strategy straggling =
          (context, shards, job) ->
              new JobPerRound(context, stuckUntilCopied(shards), job, Way.PARAMETERS.averaging);

      assertThat(Way.train(spark, straggling)).isEqualTo(Way.PARAMETERS.undisturbed);
    }
  }

  /** Data whose tasks fail at two thirds of their first, and a third of their second attempts. */
  private static Shards unreliable(Shards shards) {
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
  private static Shards stuckUntilCopied(Shards shards) {
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

  private static JavaSparkContext local(String master) {
    return new JavaSparkContext(
        new SparkConf()
            .setMaster(master)
            .setAppName("tests")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.ui.enabled", "false"));
  }

  private static MultiLayerNetwork network() {
    return TutorialNetworks.softmax(784, 10, Optimizer.ADAM.updater(0.001), 5);
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
        Stream<ProcessHandle> executors = TinyCluster.executors().stream();
        killed = executors.findFirst().map(ProcessHandle::destroyForcibly).orElse(false);
      }
    }
  }
}
