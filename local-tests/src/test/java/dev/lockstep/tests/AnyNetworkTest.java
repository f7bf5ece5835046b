package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.Points;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Schema.FeatureType;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.models.ModelState;
import dev.lockstep.strategy.Averaging;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.GradientAveraging;
import dev.lockstep.strategy.JobPerRound;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.OuterOptimizer;
import dev.lockstep.strategy.ParameterAveraging;
import dev.lockstep.strategy.TrainingLength.Epochs;
import dev.lockstep.strategy.WorkerStage;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.assertj.core.data.Offset;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Layers that remember, and layers that are random. */
@ExtendWith(SparkExtension.class)
class AnyNetworkTest {
  private static final int INPUTS = 4;
  private static final int CLASSES = 3;
  private static final float MEAN = 5;
  private static final Averaging PARAMETERS = new ParameterAveraging(1, OuterOptimizer.NONE);

  /** Uneven: 41 and 40 examples. */
  private static final Runs RUN =
      new Runs(2, 10, 2, EpochEnd.RUN_ON, Ordering.SHUFFLED, new Epochs(12), 3);

  /** About a mean that is far from 0. */
  private static DataSource data() {
    Random random = new Random(5);
    List<Example> examples =
        IntStream.range(0, 81)
            .mapToObj(
                id -> {
                  float[] features = new float[INPUTS];
                  for (int i = 0; i < INPUTS; i++) {
                    features[i] = MEAN + (float) random.nextGaussian();
                  }
                  return Example.point(id, features, random.nextInt(CLASSES));
                })
            .toList();
    return new Points(
        Schema.classification(List.of(INPUTS), FeatureType.FLOAT32, Schema.numbered(CLASSES)),
        examples);
  }

  private static MultiLayerNetwork network(Layer first) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Sgd(0.01))
                .list()
                .layer(first)
                .layer(
                    new OutputLayer.Builder(new LossMCXENT())
                        .nIn(INPUTS)
                        .nOut(CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
    network.init();
    return network;
  }

  private static MultiLayerNetwork dropout() {
    return network(
        new DenseLayer.Builder()
            .nIn(INPUTS)
            .nOut(INPUTS)
            .activation(Activation.TANH)
            .dropOut(0.5)
            .build());
  }

  private static MultiLayerNetwork normalised() {
    return network(new BatchNormalization.Builder().nIn(INPUTS).nOut(INPUTS).build());
  }

  @Test
  void dropout_is_the_same_in_every_run_wherever_two_workers_of_one_process_meet(
      JavaSparkContext spark) {
    Averaging averaging = new ParameterAveraging(2, OuterOptimizer.NONE);
    ModelState inStage =
        RUN.trained(
            spark,
            data(),
            dropout(),
            (s, shards, job) -> new WorkerStage(s, shards, job, averaging));

    for (int run = 0; run < 3; run++) {
      assertThat(
              RUN.trained(
                  spark,
                  data(),
                  dropout(),
                  (s, shards, job) -> new WorkerStage(s, shards, job, averaging)))
          .isEqualTo(inStage);
    }
    assertThat(
            RUN.trained(
                spark,
                data(),
                dropout(),
                (s, shards, job) -> new JobPerRound(s, shards, job, averaging)))
        .isEqualTo(inStage);
  }

  @Test
  void running_means_of_batch_normalisation_come_to_those_of_the_data_however_workers_combine(
      JavaSparkContext spark) {
    float[] byParameters = runningMeans(spark, PARAMETERS);
    float[] byGradients = runningMeans(spark, new GradientAveraging());

    for (int i = 0; i < INPUTS; i++) {
      assertThat(byParameters[i]).isCloseTo(MEAN, Offset.offset(0.3f));
      assertThat(byGradients[i]).isCloseTo(byParameters[i], Offset.offset(1e-4f));
    }
  }

  /** DL4J's order: gamma, beta, running mean, running deviation. */
  private static float[] runningMeans(JavaSparkContext spark, Averaging averaging) {
    ModelState state =
        RUN.trained(
            spark,
            data(),
            normalised(),
            (s, shards, job) -> new WorkerStage(s, shards, job, averaging));
    return Arrays.copyOfRange(state.parameters(), 2 * INPUTS, 3 * INPUTS);
  }
}
