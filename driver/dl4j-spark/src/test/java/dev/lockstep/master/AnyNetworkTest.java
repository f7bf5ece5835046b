package dev.lockstep.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.data.SparkExtension;
import dev.lockstep.models.LocalStep;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.StrategyName;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Whatever the network, training over Spark is what DL4J does with the same minibatches. */
@ExtendWith(SparkExtension.class)
class AnyNetworkTest {
  private static final int EXAMPLES = 53;
  private static final int BATCH = 8;
  private static final int EPOCHS = 2;

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of("dense", Subjects.dense(new Nesterovs(0.1)), Subjects.vectors(EXAMPLES)),
        Arguments.of("epochs", Subjects.dense(byEpoch()), Subjects.vectors(EXAMPLES)),
        Arguments.of("convolutional", Subjects.convolutional(), Subjects.pictures(EXAMPLES)),
        Arguments.of("recurrent", Subjects.recurrent(), Subjects.series(EXAMPLES)));
  }

  /** A rate that is another in the second epoch. */
  private static Adam byEpoch() {
    return new Adam(new MapSchedule.Builder(ScheduleType.EPOCH).add(0, 0.01).add(1, 0.1).build());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void one_worker_does_what_dl4j_does(
      String name,
      MultiLayerConfiguration configuration,
      List<DataSet> examples,
      JavaSparkContext spark) {
    MultiLayerNetwork expected = Subjects.network(configuration);
    SparkDl4jMultiLayer found =
        new SparkDl4jMultiLayer(spark, configuration.clone(), master(1).build());
    var data = spark.parallelize(examples, 3);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      Subjects.fit(expected, examples, BATCH);
      expected.incrementEpochCount();
      found.fit(data);
    }

    expectSame(found.getNetwork(), expected, 1e-6f);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void averaged_gradients_of_three_workers_are_those_of_their_joined_minibatches(
      String name,
      MultiLayerConfiguration configuration,
      List<DataSet> examples,
      JavaSparkContext spark) {
    MultiLayerNetwork expected = Subjects.network(configuration);
    SparkDl4jMultiLayer found =
        new SparkDl4jMultiLayer(
            spark,
            configuration.clone(),
            master(3).strategy(StrategyName.GRADIENT_AVERAGING).build());
    var data = spark.parallelize(examples, 2);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      Subjects.fit(expected, examples, 3 * BATCH);
      expected.incrementEpochCount();
      found.fit(data);
    }

    expectSame(found.getNetwork(), expected, 1e-5f);
  }

  @Test
  void graphs_with_several_inputs_and_outputs(JavaSparkContext spark) {
    List<MultiDataSet> examples = Subjects.pairs(EXAMPLES);
    ComputationGraph alone = Subjects.network(Subjects.graph());
    ComputationGraph joined = Subjects.network(Subjects.graph());
    SparkComputationGraph one =
        new SparkComputationGraph(spark, Subjects.graph(), master(1).build());
    SparkComputationGraph three =
        new SparkComputationGraph(
            spark, Subjects.graph(), master(3).strategy(StrategyName.GRADIENT_AVERAGING).build());
    var data = spark.parallelize(examples, 4);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      Subjects.fit(alone, examples, BATCH);
      Subjects.fit(joined, examples, 3 * BATCH);
      one.fitMultiDataSet(data);
      three.fitMultiDataSet(data);
    }

    assertThat(Subjects.parameters(one.getNetwork()))
        .containsExactly(Subjects.parameters(alone), within(1e-6f));
    assertThat(Subjects.parameters(three.getNetwork()))
        .containsExactly(Subjects.parameters(joined), within(1e-5f));
  }

  private static MasterBuilder master(int workers) {
    return LockstepTrainingMaster.builder()
        .workers(workers)
        .batchSizePerWorker(BATCH)
        .ordering(Ordering.AS_STORED)
        .localStep(LocalStep.DL4J);
  }

  private static void expectSame(
      MultiLayerNetwork found, MultiLayerNetwork expected, float tolerance) {
    assertThat(Subjects.parameters(found))
        .containsExactly(Subjects.parameters(expected), within(tolerance));
    assertThat(found.getUpdater().getStateViewArray().dup().data().asFloat())
        .containsExactly(
            expected.getUpdater().getStateViewArray().dup().data().asFloat(), within(tolerance));
    assertThat(found.getIterationCount()).isEqualTo(expected.getIterationCount());
    assertThat(found.getEpochCount()).isEqualTo(EPOCHS);
  }
}
