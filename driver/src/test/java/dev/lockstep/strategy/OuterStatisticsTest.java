package dev.lockstep.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.collective.Reduction;
import dev.lockstep.data.augment.Augmentation;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.math.GradientReduction;
import dev.lockstep.models.network.NetworkOutline;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OuterStatisticsTest {
  private static final int INPUTS = 3;
  private static final float BEFORE = 1;
  private static final float AVERAGE = 0.25f;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void an_outer_optimizer_leaves_running_statistics_as_their_average(boolean logarithmic) {
    NetworkDefinition network = normalised(logarithmic);
    int length = (int) network.newNetwork().numParams();
    ModelState start = new ModelState(filled(length, BEFORE), new float[0], 0);
    Contribution all =
        new Contribution(null, 1, Reduction.MEAN, 1, 0, filled(length, AVERAGE), new float[0]);
    OuterOptimizer diLoCo = OuterOptimizer.of(OuterRule.NESTEROV);

    ModelState end =
        ParameterAveraging.every(1).withOuter(diLoCo).agree(job(network), start, null, all);

    double change = BEFORE - AVERAGE;
    float stepped = (float) (BEFORE - 0.7 * (change + 0.9 * change));
    assertThat(end.parameters())
        .containsExactly(withStatistics(network, filled(length, stepped), AVERAGE));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_gradient_that_is_divided_keeps_what_running_statistics_change_by(boolean logarithmic) {
    NetworkDefinition network = normalised(logarithmic);
    int length = (int) network.newNetwork().numParams();

    assertThat(TrainedParameters.of(network).divided(filled(length, 6), 3))
        .containsExactly(withStatistics(network, filled(length, 2), 6));
  }

  private static float[] withStatistics(NetworkDefinition network, float[] values, float value) {
    List<NetworkOutline.Parameter> parameters =
        NetworkOutline.of(network).nodes().stream()
            .flatMap(node -> node.parameters().stream())
            .filter(parameter -> Set.of("mean", "var", "log10stdev").contains(parameter.name()))
            .toList();
    assertThat(parameters).hasSize(2);
    parameters.forEach(
        statistic ->
            Arrays.fill(
                values, statistic.offset(), statistic.offset() + statistic.length(), value));
    return values;
  }

  private static NetworkDefinition normalised(boolean logarithmic) {
    return NetworkDefinition.of(
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new BatchNormalization.Builder().useLogStd(logarithmic).build())
                .layer(new OutputLayer.Builder().nOut(2).build())
                .setInputType(InputType.feedForward(INPUTS))
                .build()));
  }

  private static TrainingJob job(NetworkDefinition network) {
    return new TrainingJob(
        "test",
        null,
        null,
        Ordering.SHUFFLED,
        1,
        Augmentation.NONE,
        LearningRates.CONSTANT,
        WeightsAverage.NONE,
        TrainedParameters.of(network),
        GradientReduction.MEAN);
  }

  private static float[] filled(int length, float value) {
    float[] values = new float[length];
    Arrays.fill(values, value);
    return values;
  }
}
