package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.fetch.PublishedData;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.models.network.TutorialNetworks;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.TrainingLength.Steps;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Needs(PublishedData.MNIST)
@ExtendWith(SparkExtension.class)
class EquivalenceTest {
  private static final Runs RUN =
      new Runs(1, 64, 10, EpochEnd.RUN_ON, Ordering.SHUFFLED, new Steps(95), 1);

  @ParameterizedTest
  @EnumSource(Optimizer.class)
  void one_worker_over_spark_is_the_single_process_to_the_bit(
      Optimizer optimizer, JavaSparkContext spark) {
    DataSource data = RealMnist.files().train().range(5000, 6500);

    assertThat(RUN.averaged(spark, data, network(optimizer)).state())
        .isEqualTo(RUN.single(spark, data, network(optimizer), Runs.NONE).state());
  }

  @ParameterizedTest
  @EnumSource(Optimizer.class)
  void a_rerun_is_the_same_to_the_bit_and_another_number_of_workers_is_not(
      Optimizer optimizer, JavaSparkContext spark) {
    DataSource data = RealMnist.files().train().range(5000, 6500);
    Runs run = RUN.withWorkers(3);

    var first = run.averaged(spark, data, network(optimizer)).state();

    assertThat(run.averaged(spark, data, network(optimizer)).state()).isEqualTo(first);
    assertThat(RUN.averaged(spark, data, network(optimizer)).state()).isNotEqualTo(first);
  }

  private static MultiLayerNetwork network(Optimizer optimizer) {
    return TutorialNetworks.softmax(784, 10, optimizer.updater(0.001), 1);
  }
}
