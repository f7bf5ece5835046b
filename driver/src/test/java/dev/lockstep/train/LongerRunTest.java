package dev.lockstep.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.Example;
import dev.lockstep.data.ExampleBlock;
import dev.lockstep.data.Examples;
import dev.lockstep.data.Schema;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.chunk.ChunkPlan;
import dev.lockstep.memory.DataMemory;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.models.network.TutorialNetworks;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.GradientAveraging;
import dev.lockstep.strategy.LearningRates;
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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that ended can be made longer: it gives the bits of one that was long from the start. */
@ExtendWith(SparkExtension.class)
class LongerRunTest {
  private static final Schema SCHEMA =
      Schema.classification(List.of(4), Schema.FeatureType.FLOAT32, Schema.numbered(3));

  @TempDir private Path folder;

  private static final int MINIBATCH = 5;
  private static final ParameterAveraging PERIODIC = ParameterAveraging.every(4);

  /** Every strategy. */
  private static final List<Strategy> STRATEGIES =
      List.of(
          PERIODIC,
          PERIODIC.withOuterMomentum(0.5),
          PERIODIC.withOuter(OuterOptimizer.of(OuterRule.NESTEROV)),
          PERIODIC.withOuter(OuterOptimizer.of(OuterRule.ADAM)),
          PERIODIC.afterGradients(1),
          // Its first round is cut: it begins anew.
          ParameterAveraging.every(1000),
          new GradientAveraging(),
          new SingleWorker(4));

  private static final LearningRates CONSTANT = LearningRates.CONSTANT;
  private static final LearningRates STEPS =
      LearningRates.of(LearningRates.shape("step:1:0.5")).withWarmup(0.7);

  static Stream<Arguments> runs() {
    Stream<Arguments> found =
        Stream.of(
            run(PERIODIC.automatic(), EpochEnd.RUN_ON, new Epochs(2), new Epochs(5), CONSTANT),
            run(
                PERIODIC.withOuterMomentum(0.5).automatic().afterGradients(1),
                EpochEnd.REMAINDER,
                new Epochs(2),
                new Epochs(4),
                CONSTANT));
    return Stream.concat(found, table());
  }

  private static Stream<Arguments> table() {
    return STRATEGIES.stream()
        .flatMap(
            strategy ->
                Stream.of(
                    run(strategy, EpochEnd.RUN_ON, new Epochs(1), new Epochs(3), STEPS),
                    run(strategy, EpochEnd.RUN_ON, new Steps(31), new Steps(77), STEPS),
                    // One minibatch more than two periods, which is no round of its own.
                    run(strategy, EpochEnd.RUN_ON, new Steps(27), new Steps(77), STEPS),
                    run(strategy, EpochEnd.REMAINDER, new Epochs(1), new Epochs(2), STEPS),
                    run(strategy, EpochEnd.REMAINDER, new Steps(31), new Epochs(4), STEPS)));
  }

  private static Arguments run(
      Strategy strategy,
      EpochEnd end,
      TrainingLength length,
      TrainingLength longer,
      LearningRates rates) {
    return Arguments.of(strategy, end, length, longer, rates);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void more_of_a_run_gives_the_bits_of_one_that_was_long_from_the_start(
      Strategy strategy,
      EpochEnd end,
      TrainingLength length,
      TrainingLength longer,
      LearningRates rates,
      JavaSparkContext spark) {
    try (Shards shards = shards(spark, sizes(strategy))) {
      WeightsAverage average = WeightsAverage.of(end == EpochEnd.RUN_ON ? "ema:0.9" : "swa:1");
      UnaryOperator<Training> set =
          training -> training.epochEnd(end).learningRates(rates).weightsAverage(average);
      Training first = set.apply(training(spark, shards, strategy)).length(length);
      ModelState once = first.checkpoints(folder).run().state();
      ModelState again = resumed(set.apply(training(spark, shards, strategy)).length(length));
      ModelState resumed = resumed(set.apply(training(spark, shards, strategy)).length(longer));

      assertThat(again).as("resumed without being longer").isEqualTo(once);
      assertThat(resumed)
          .isEqualTo(set.apply(training(spark, shards, strategy)).length(longer).run().state());
    }
  }

  @Test
  void a_run_made_shorter_goes_on_only_from_where_it_averages_itself(JavaSparkContext spark) {
    try (Shards shards = shards(spark, sizes(PERIODIC))) {
      training(spark, shards, PERIODIC).length(new Steps(31)).checkpoints(folder).run();

      assertThatThrownBy(() -> resumed(training(spark, shards, PERIODIC).length(new Steps(27))))
          .isInstanceOf(CannotResume.class)
          .hasMessage(
              "cannot resume: the checkpoint is at step 24, which a run of this length does not pass: start anew");
    }
  }

  static List<Strategy> strategies() {
    return STRATEGIES;
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void of_examples_on_disks_gives_the_same_bits_as_well(Strategy strategy, JavaSparkContext spark) {
    int[] sizes = sizes(strategy);
    DataMemory little = new DataMemory(10L * SCHEMA.featureLength() * Float.BYTES);
    try (Shards shards =
        Shards.of(
            SCHEMA,
            spark.parallelize(examples(sizes), sizes.length).flatMap(List::iterator),
            Arrays.stream(sizes).max().orElseThrow(),
            little,
            ChunkPlan.Storing.IN_ORDER,
            StorageLevel.MEMORY_ONLY())) {
      assertThat(shards.chunks()).as("what is on disks").isPresent();
      training(spark, shards, strategy).epochs(1).checkpoints(folder).run();

      assertThat(resumed(training(spark, shards, strategy).epochs(3)))
          .isEqualTo(training(spark, shards, strategy).epochs(3).run().state());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cosine", "cosine:0.1", "one-cycle"})
  void whose_rates_follow_its_length_goes_on_by_the_longer_ones(
      String shape, JavaSparkContext spark) {
    LearningRates rates = LearningRates.of(LearningRates.shape(shape));
    try (Shards shards = shards(spark, sizes(PERIODIC))) {
      UnaryOperator<Training> set = training -> training.learningRates(rates);
      set.apply(training(spark, shards, PERIODIC)).epochs(2).checkpoints(folder).run();
      AtomicLong from = new AtomicLong();
      RunResult resumed =
          set.apply(training(spark, shards, PERIODIC))
              .epochs(4)
              .checkpoints(folder)
              .resume()
              .listen(
                  new RunListener() {
                    @Override
                    public void resuming(long steps) {
                      from.set(steps);
                    }
                  })
              .run()
              .result();
      RunResult whole = set.apply(training(spark, shards, PERIODIC)).epochs(4).run().result();

      assertThat(resumed.steps()).isEqualTo(whole.steps());
      assertThat(resumed.examples())
          .as("all that follow step %s, of whole minibatches until then", from)
          .isEqualTo(whole.examples() - MINIBATCH * from.get());
      assertThat(from.get()).isPositive();
      assertThat(resumed.state().isFinite()).isTrue();
      assertThat(resumed.state()).isNotEqualTo(whole.state());
    }
  }

  private ModelState resumed(Training training) {
    return training.checkpoints(folder).resume().run().state();
  }

  private static int[] sizes(Strategy strategy) {
    return strategy instanceof SingleWorker ? new int[] {101} : new int[] {41, 23, 37};
  }

  /** With a second model, which the state has as well. */
  private static Training training(JavaSparkContext spark, Shards shards, Strategy strategy) {
    return Training.of(spark, TutorialNetworks.softmax(4, 3, Optimizer.ADAM.updater(0.01), 5))
        .data(shards, Optional.empty())
        .minibatch(MINIBATCH)
        .strategy(strategy)
        .weightsAverage(WeightsAverage.of("ema:0.9"))
        .checkpointEvery(Cadence.steps(7));
  }

  /** Workers with so many examples each. */
  private static Shards shards(JavaSparkContext spark, int... sizes) {
    JavaRDD<Examples> blocks =
        spark
            .parallelize(examples(sizes), sizes.length)
            .map(own -> ExampleBlock.of(SCHEMA, own.iterator()));
    return Shards.of(SCHEMA, blocks, StorageLevel.MEMORY_ONLY());
  }

  private static List<List<Example>> examples(int... sizes) {
    return IntStream.range(0, sizes.length)
        .mapToObj(
            worker ->
                IntStream.range(0, sizes[worker])
                    .mapToObj(i -> example(1000L * worker + i))
                    .toList())
        .toList();
  }

  private static Example example(long id) {
    float[] features = new float[4];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) Math.sin(id * (i + 1));
    }
    return Example.point(id, features, id % 3);
  }
}
