package dev.lockstep.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.Example;
import dev.lockstep.data.ExampleBlock;
import dev.lockstep.data.Examples;
import dev.lockstep.data.Schema;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.models.network.TutorialNetworks;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.GradientAveraging;
import dev.lockstep.strategy.OuterOptimizer;
import dev.lockstep.strategy.OuterRule;
import dev.lockstep.strategy.ParameterAveraging;
import dev.lockstep.strategy.Shards;
import dev.lockstep.strategy.SingleWorker;
import dev.lockstep.strategy.Strategy;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.strategy.TrainingLength.Epochs;
import dev.lockstep.strategy.TrainingLength.Steps;
import dev.lockstep.strategy.WeightsAverage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that ended can be made longer: it gives the bits of one that was long from the start. */
@ExtendWith(SparkExtension.class)
class LongerRunTest {
  private static final Schema SCHEMA =
      Schema.classification(List.of(4), Schema.FeatureType.FLOAT32, Schema.numbered(3));

  @TempDir private Path folder;

  static Stream<Arguments> runs() {
    ParameterAveraging periodic = ParameterAveraging.every(4);
    return Stream.of(
        Arguments.of(periodic, EpochEnd.RUN_ON, new Epochs(1), new Epochs(3)),
        Arguments.of(periodic, EpochEnd.REMAINDER, new Epochs(1), new Epochs(2)),
        Arguments.of(periodic, EpochEnd.RUN_ON, new Steps(31), new Steps(77)),
        Arguments.of(periodic, EpochEnd.REMAINDER, new Steps(31), new Epochs(4)),
        Arguments.of(
            periodic.withOuterMomentum(0.5), EpochEnd.RUN_ON, new Epochs(2), new Epochs(3)),
        Arguments.of(
            periodic.withOuter(OuterOptimizer.of(OuterRule.ADAM)),
            EpochEnd.RUN_ON,
            new Epochs(1),
            new Epochs(2)),
        Arguments.of(periodic.automatic(), EpochEnd.RUN_ON, new Epochs(2), new Epochs(5)),
        Arguments.of(
            periodic.withOuterMomentum(0.5).automatic().afterGradients(1),
            EpochEnd.REMAINDER,
            new Epochs(2),
            new Epochs(4)),
        Arguments.of(periodic.afterGradients(1), EpochEnd.RUN_ON, new Epochs(1), new Epochs(2)),
        Arguments.of(new GradientAveraging(), EpochEnd.RUN_ON, new Epochs(1), new Epochs(2)),
        Arguments.of(new GradientAveraging(), EpochEnd.RUN_ON, new Steps(5), new Steps(9)),
        Arguments.of(new SingleWorker(4), EpochEnd.RUN_ON, new Epochs(1), new Epochs(3)),
        // Its first round is cut: it begins anew.
        Arguments.of(
            ParameterAveraging.every(1000), EpochEnd.RUN_ON, new Epochs(1), new Epochs(2)));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void more_of_a_run_gives_the_bits_of_one_that_was_long_from_the_start(
      Strategy strategy,
      EpochEnd end,
      TrainingLength length,
      TrainingLength longer,
      JavaSparkContext spark) {
    int[] sizes = strategy instanceof SingleWorker ? new int[] {101} : new int[] {41, 23, 37};
    try (Shards shards = shards(spark, sizes)) {
      Training first = training(spark, shards, strategy, end).length(length);
      ModelState once = first.checkpoints(folder).run().state();
      ModelState again =
          training(spark, shards, strategy, end)
              .length(length)
              .checkpoints(folder)
              .resume()
              .run()
              .state();
      ModelState resumed =
          training(spark, shards, strategy, end)
              .length(longer)
              .checkpoints(folder)
              .resume()
              .run()
              .state();

      assertThat(again).as("resumed without being longer").isEqualTo(once);
      assertThat(resumed)
          .isEqualTo(training(spark, shards, strategy, end).length(longer).run().state());
    }
  }

  /** With a second model, which the state has as well. */
  private static Training training(
      JavaSparkContext spark, Shards shards, Strategy strategy, EpochEnd end) {
    return Training.of(spark, TutorialNetworks.softmax(4, 3, Optimizer.ADAM.updater(0.01), 5))
        .data(shards, Optional.empty())
        .minibatch(5)
        .epochEnd(end)
        .strategy(strategy)
        .weightsAverage(WeightsAverage.of(end == EpochEnd.RUN_ON ? "ema:0.9" : "swa:1"))
        .checkpointEvery(Cadence.steps(7));
  }

  /** Workers with so many examples each. */
  private static Shards shards(JavaSparkContext spark, int... sizes) {
    List<List<Example>> examples =
        IntStream.range(0, sizes.length)
            .mapToObj(
                worker ->
                    IntStream.range(0, sizes[worker])
                        .mapToObj(i -> example(1000L * worker + i))
                        .toList())
            .toList();
    JavaRDD<Examples> blocks =
        spark
            .parallelize(examples, sizes.length)
            .map(own -> ExampleBlock.of(SCHEMA, own.iterator()));
    return Shards.of(SCHEMA, blocks, StorageLevel.MEMORY_ONLY());
  }

  private static Example example(long id) {
    float[] features = new float[4];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) Math.sin(id * (i + 1));
    }
    return Example.point(id, features, id % 3);
  }
}
