package dev.lockstep.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.DataError;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.models.ModelError;
import dev.lockstep.strategy.StrategyName;
import dev.lockstep.strategy.UpdaterState;
import dev.lockstep.train.DivergenceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

@ExtendWith(SparkExtension.class)
class LockstepTrainingMasterTest {
  private static final int EXAMPLES = 101;

  @ParameterizedTest
  @EnumSource(Repartition.class)
  void every_example_is_trained_once_an_epoch_however_data_are_cut(
      Repartition repartition, JavaSparkContext spark) {
    List<DataSet> vectors = Subjects.vectors(EXAMPLES);
    // One DataSet of 40, one of 60, one of 1; two of five partitions get none.
    JavaRDD<DataSet> data =
        spark.parallelize(
            List.of(
                DataSet.merge(vectors.subList(0, 40)),
                DataSet.merge(vectors.subList(40, 100)),
                vectors.get(100)),
            5);
    Seen seen = Seen.by("every_example " + repartition);
    SparkDl4jMultiLayer network =
        network(spark, builder().workers(3).repartition(repartition).trainingHooks(seen));

    network.fit(data);
    network.fit(data);

    assertThat(seen.examples()).isEqualTo(2 * EXAMPLES);
    assertThat(network.getNetwork().getEpochCount()).isEqualTo(2);
  }

  @Test
  void the_same_examples_give_the_same_bits_however_they_are_partitioned(JavaSparkContext spark) {
    List<DataSet> vectors = Subjects.vectors(EXAMPLES);
    SparkDl4jMultiLayer first = network(spark, builder().workers(3));
    SparkDl4jMultiLayer second = network(spark, builder().workers(3));

    first.fit(spark.parallelize(vectors, 2));
    second.fit(spark.parallelize(vectors, 7));

    assertThat(Subjects.parameters(second.getNetwork()))
        .isEqualTo(Subjects.parameters(first.getNetwork()));
    assertThat(second.getScore()).isEqualTo(first.getScore());
  }

  @Test
  void what_is_trained_can_be_evaluated_and_scored_over_spark(JavaSparkContext spark) {
    JavaRDD<DataSet> data = spark.parallelize(Subjects.vectors(400), 4).cache();
    SparkDl4jMultiLayer network = network(spark, builder().workers(2));
    double before = network.calculateScore(data, true);
    for (int epoch = 0; epoch < 30; epoch++) {
      network.fit(data);
    }

    Evaluation evaluation = network.evaluate(data);
    assertThat(evaluation.accuracy()).isGreaterThan(0.9);
    assertThat(network.calculateScore(data, true)).isLessThan(before / 2);
    assertThat(network.getScore()).isBetween(0.0, before);
  }

  @Test
  void listeners_see_each_average_and_each_epoch(JavaSparkContext spark) {
    List<String> seen = new ArrayList<>();
    SparkDl4jMultiLayer network = network(spark, builder().workers(2).averagingPeriod(3));
    network.setListeners(
        new BaseTrainingListener() {
          @Override
          public void onEpochStart(Model model) {
            seen.add("start");
          }

          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            assertThat(model.score()).isPositive();
            seen.add(iteration + " of epoch " + epoch);
          }

          @Override
          public void onEpochEnd(Model model) {
            seen.add("end");
          }
        });

    // 51 and 50 examples in minibatches of 8: seven each.
    JavaRDD<DataSet> data = spark.parallelize(Subjects.vectors(EXAMPLES), 2);
    network.fit(data);
    network.fit(data);

    assertThat(seen)
        .containsExactly(
            "start",
            "3 of epoch 0",
            "6 of epoch 0",
            "7 of epoch 0",
            "end",
            "start",
            "9 of epoch 1",
            "12 of epoch 1",
            "14 of epoch 1",
            "end");
  }

  @Test
  void saved_data_sets_are_trained_from_their_folder(@TempDir Path folder, JavaSparkContext spark) {
    List<DataSet> vectors = Subjects.vectors(EXAMPLES);
    for (int i = 0; i < 4; i++) {
      DataSet.merge(vectors.subList(i * 25, Math.min(EXAMPLES, (i + 1) * 25 + i / 3)))
          .save(folder.resolve("part-" + i + ".bin").toFile());
    }
    Seen seen = Seen.by("saved");

    network(spark, builder().workers(2).trainingHooks(seen)).fit(folder.toString());

    assertThat(seen.examples()).isEqualTo(EXAMPLES);
  }

  @Test
  void moments_that_are_reset_leave_the_step_count_true(JavaSparkContext spark) {
    JavaRDD<DataSet> data = spark.parallelize(Subjects.vectors(EXAMPLES), 2);
    SparkDl4jMultiLayer averaged = network(spark, builder().workers(2));
    SparkDl4jMultiLayer reset =
        network(spark, builder().workers(2).updaterState(UpdaterState.RESET));

    averaged.fit(data);
    reset.fit(data);

    assertThat(reset.getNetwork().getIterationCount())
        .isEqualTo(averaged.getNetwork().getIterationCount())
        .isEqualTo(7);
    assertThat(reset.getNetwork().getUpdater().getStateViewArray().maxNumber().floatValue())
        .isZero();
    assertThat(Subjects.parameters(reset.getNetwork()))
        .isNotEqualTo(Subjects.parameters(averaged.getNetwork()));
  }

  @Test
  void data_are_kept_for_the_next_epoch_until_they_are_let_go(JavaSparkContext spark) {
    Set<Integer> before = spark.getPersistentRDDs().keySet();
    LockstepTrainingMaster master = builder().workers(2).build();
    SparkDl4jMultiLayer network = new SparkDl4jMultiLayer(spark, dense(), master);

    network.fit(spark.parallelize(Subjects.vectors(EXAMPLES), 2));
    assertThat(heldSince(before, spark)).hasSize(1);
    network.fit(spark.parallelize(Subjects.vectors(EXAMPLES), 2));
    assertThat(heldSince(before, spark)).hasSize(1);

    assertThat(master.deleteTempFiles(spark)).isTrue();
    assertThat(heldSince(before, spark)).isEmpty();
  }

  private static Set<Integer> heldSince(Set<Integer> before, JavaSparkContext spark) {
    Set<Integer> held = new HashSet<>(spark.getPersistentRDDs().keySet());
    held.removeAll(before);
    return held;
  }

  @Test
  void statistics_tell_where_the_time_of_each_epoch_went(
      @TempDir Path folder, JavaSparkContext spark) throws IOException {
    SparkDl4jMultiLayer network = network(spark, builder().workers(2));
    network.setCollectTrainingStats(true);
    JavaRDD<DataSet> data = spark.parallelize(Subjects.vectors(EXAMPLES), 2);
    network.fit(data);
    network.fit(data);

    assertThat(network.getSparkTrainingStats().getKeySet())
        .containsExactly("prepare", "launch", "data", "compute", "combine", "waiting");
    assertThat(network.getSparkTrainingStats().getValue("compute")).hasSize(2);
    assertThat(network.getSparkTrainingStats().statsAsString()).contains("compute");
    network.getSparkTrainingStats().exportStatFiles(folder.toString(), spark.sc());
    assertThat(Files.readAllLines(folder.resolve("compute.txt"))).hasSize(3);
  }

  @Test
  void a_network_that_diverges_stays_as_it_was(JavaSparkContext spark) {
    SparkDl4jMultiLayer network =
        new SparkDl4jMultiLayer(spark, Subjects.dense(new Sgd(1e30)), builder().workers(2).build());
    float[] before = Subjects.parameters(network.getNetwork());
    network.setListeners(new BaseTrainingListener() {});

    assertThatThrownBy(() -> network.fit(spark.parallelize(Subjects.vectors(EXAMPLES), 2)))
        .isInstanceOf(DivergenceException.class);
    assertThat(Subjects.parameters(network.getNetwork())).isEqualTo(before);
  }

  @Test
  void examples_that_do_not_go_together_are_told_of(JavaSparkContext spark) {
    DataSet wide = new DataSet(Nd4j.ones(2, 5), Nd4j.ones(2, 3));
    DataSet tall = new DataSet(Nd4j.ones(2, 2, 2), Nd4j.ones(2, 3));
    SparkDl4jMultiLayer network = network(spark, builder());

    assertThatThrownBy(() -> network.fit(spark.parallelize(List.of(wide, tall), 2)))
        .isInstanceOf(DataError.class)
        .hasMessage(
            "examples differ in more than their length: some have features of shape [5], others"
                + " [2, 2]");
    assertThatThrownBy(() -> network.fit(spark.parallelize(List.of(wide), 1)))
        .isInstanceOf(ModelError.class)
        .hasMessage("layer 0 (DenseLayer): expected 4 inputs, found 5 in examples of [5]");
    assertThatThrownBy(() -> network.fit(spark.parallelize(List.<DataSet>of(), 2)))
        .isInstanceOf(DataError.class)
        .hasMessage("there are no examples to train: the RDD is empty");
  }

  @Test
  void what_cannot_be_trained_is_refused(JavaSparkContext spark) {
    MultiLayerConfiguration wide = dense();
    wide.setDataType(DataType.DOUBLE);
    wide.getConfs().forEach(conf -> conf.setDataType(DataType.DOUBLE));
    MultiLayerConfiguration truncated = Subjects.recurrent();
    truncated.setBackpropType(BackpropType.TruncatedBPTT);

    assertThatThrownBy(
            () ->
                new SparkDl4jMultiLayer(spark, wide, builder().build())
                    .fit(spark.parallelize(Subjects.vectors(9), 1)))
        .isInstanceOf(ModelError.class)
        .hasMessage(
            "the network's parameters are DOUBLE: expected FLOAT, set dataType(DataType.FLOAT)");
    assertThatThrownBy(
            () ->
                new SparkDl4jMultiLayer(
                        spark,
                        truncated,
                        builder().strategy(StrategyName.GRADIENT_AVERAGING).build())
                    .fit(spark.parallelize(Subjects.series(9), 1)))
        .isInstanceOf(ModelError.class)
        .hasMessageContaining("average parameters, not gradients");
    assertThatThrownBy(
            () -> builder().strategy(StrategyName.GRADIENT_AVERAGING).outerMomentum(0.5).build())
        .hasMessage("outerMomentum needs strategy parameter-averaging, not gradient-averaging");
    assertThatThrownBy(() -> builder().batchSizePerWorker(0))
        .hasMessage("batchSizePerWorker must be at least 1, not 0");
  }

  @Test
  void options_survive_json_and_yaml() {
    LockstepTrainingMaster master =
        builder()
            .workers(3)
            .averagingPeriod(7)
            .gradientEpochs(2)
            .outerMomentum(0.25)
            .updaterState(UpdaterState.RESET)
            .repartition(Repartition.Never)
            .storageLevel(org.apache.spark.storage.StorageLevel.DISK_ONLY_2())
            .seed(9)
            .build();

    assertThat(LockstepTrainingMaster.fromJson(master.toJson())).isEqualTo(master);
    assertThat(LockstepTrainingMaster.fromYaml(master.toYaml())).isEqualTo(master);
    assertThat(LockstepTrainingMaster.fromJson("{}"))
        .isEqualTo(LockstepTrainingMaster.builder().build())
        .isNotEqualTo(master);
    assertThatThrownBy(() -> LockstepTrainingMaster.fromJson("{\"averagingFrequency\": 5}"))
        .hasMessage("unknown options of a training master: [averagingFrequency]");
  }

  private static MasterBuilder builder() {
    return LockstepTrainingMaster.builder().batchSizePerWorker(8);
  }

  private static SparkDl4jMultiLayer network(JavaSparkContext spark, MasterBuilder master) {
    return new SparkDl4jMultiLayer(spark, dense(), master.build());
  }

  private static MultiLayerConfiguration dense() {
    return Subjects.dense(new Adam(0.01));
  }
}
