package dev.lockstep.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The law of weights: an example of weight 2 is as good as two of weight 1. */
class ExampleWeightsTest {
  private static final float[] A = {0.5f, -1, 2, 0.1f};
  private static final float[] B = {1, 1, -0.3f, 0.2f};
  private static final float[] C = {0.7f, -0.4f, 0.6f, 2};
  private static final float[] YES = {0, 1};
  private static final float[] NO = {1, 0};

  /** a twice, b, and c not at all. */
  private static final Minibatch WEIGHED =
      new Minibatch(joined(A, C, B), joined(YES, YES, NO), new float[] {2, 0, 1}, 3);

  private static final Minibatch REPEATED = new Minibatch(joined(A, B, A), joined(YES, NO, YES), 3);

  private static float[] joined(float[]... rows) {
    float[] all = new float[rows.length * rows[0].length];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, all, row * rows[0].length, rows[0].length);
    }
    return all;
  }

  static Stream<Arguments> stepsAndNetworks() {
    return Stream.of("softmax", "softmax sum", "binary", "squares", "sigmoids", "pictures")
        .flatMap(
            network ->
                Stream.of(LocalStep.BLAS, LocalStep.ONEDNN, LocalStep.DL4J)
                    .filter(step -> step != LocalStep.BLAS || !network.equals("pictures"))
                    .map(step -> Arguments.of(step, network)));
  }

  private static NetworkDefinition network(String name) {
    Layer first =
        name.equals("pictures")
            ? new ConvolutionLayer.Builder(1, 1).nOut(3).activation(Activation.RELU).build()
            : new DenseLayer.Builder().nIn(4).nOut(5).activation(Activation.TANH).build();
    OutputLayer.Builder last =
        switch (name) {
          case "binary" ->
              new OutputLayer.Builder(LossFunction.XENT).nOut(1).activation(Activation.SIGMOID);
          case "squares" ->
              new OutputLayer.Builder(LossFunction.MSE).nOut(2).activation(Activation.IDENTITY);
          case "sigmoids" ->
              new OutputLayer.Builder(LossFunction.XENT).nOut(2).activation(Activation.SIGMOID);
          default ->
              new OutputLayer.Builder(LossFunction.MCXENT).nOut(2).activation(Activation.SOFTMAX);
        };
    NeuralNetConfiguration.Builder builder =
        new NeuralNetConfiguration.Builder().seed(3).updater(new Adam(0.1)).l2(0.01);
    builder.setMiniBatch(!name.equals("softmax sum"));
    NeuralNetConfiguration.ListBuilder list = builder.list(first, last.build());
    return NetworkDefinition.of(
        list.setInputType(
                name.equals("pictures")
                    ? InputType.convolutionalFlat(2, 2, 1)
                    : InputType.feedForward(4))
            .build());
  }

  private static LocalTrainer trainer(LocalStep step, String name) {
    NetworkDefinition network = network(name);
    LocalTrainer trainer = LocalTrainers.create(network, step, name.equals("binary") ? 1 : 2, 4);
    trainer.load(Dl4jLocalTrainer.stateOf(network.newNetwork()));
    return trainer;
  }

  private static Minibatch of(Minibatch minibatch, String network) {
    if (!network.equals("binary")) {
      return minibatch;
    }
    float[] labels = new float[minibatch.size()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = minibatch.labels()[2 * row + 1];
    }
    return new Minibatch(minibatch.features(), labels, minibatch.weights(), minibatch.size());
  }

  private static Offset<Float> rounding() {
    return Offset.offset(2e-6f);
  }

  @ParameterizedTest
  @MethodSource("stepsAndNetworks")
  void an_example_of_weight_2_is_as_good_as_two(LocalStep step, String network) {
    Minibatch weighed = of(WEIGHED, network);
    Minibatch repeated = of(REPEATED, network);
    LocalTrainer one = trainer(step, network);
    LocalTrainer other = trainer(step, network);
    float[] byWeight = new float[one.state().parameters().length];
    float[] byCopies = new float[byWeight.length];

    assertThat(one.loss(weighed)).isCloseTo(other.loss(repeated), Offset.offset(1e-5));
    assertThat(one.assess(weighed).loss()).isCloseTo(other.loss(repeated), Offset.offset(1e-5));
    assertThat(one.gradient(weighed, byWeight))
        .isCloseTo(other.gradient(repeated, byCopies), Offset.offset(1e-5));
    assertThat(byWeight).containsExactly(byCopies, rounding());

    one.apply(byWeight, 3, 3);
    other.apply(byCopies, 3);
    for (int i = 0; i < 5; i++) {
      assertThat(one.step(weighed)).isCloseTo(other.step(repeated), Offset.offset(1e-4));
    }
    assertThat(one.state().parameters())
        .containsExactly(other.state().parameters(), Offset.offset(1e-4f));
  }

  @ParameterizedTest
  @MethodSource("stepsAndNetworks")
  void weights_of_1_are_as_none_and_outputs_know_of_no_weights(LocalStep step, String network) {
    Minibatch plain = of(REPEATED, network);
    float[] ones = {1, 1, 1};
    Minibatch ofOnes = new Minibatch(plain.features(), plain.labels(), ones, 3);
    Minibatch ofTwos = new Minibatch(plain.features(), plain.labels(), new float[] {2, 2, 2}, 3);
    LocalTrainer one = trainer(step, network);
    LocalTrainer other = trainer(step, network);

    assertThat(one.assess(ofTwos).output()).isEqualTo(one.output(plain));
    one.step(plain);
    other.step(ofOnes);

    assertThat(other.state()).isEqualTo(one.state());
  }

  @Test
  void examples_without_any_weight_change_nothing_but_by_penalties() {
    for (LocalStep step : new LocalStep[] {LocalStep.BLAS, LocalStep.ONEDNN, LocalStep.DL4J}) {
      LocalTrainer trainer = trainer(step, "softmax");
      float[] gradient = new float[trainer.state().parameters().length];

      double loss = trainer.gradient(new Minibatch(A, YES, new float[] {0}, 1), gradient);

      assertThat(loss).isZero();
      for (float slope : gradient) {
        assertThat(slope == 0).as("slope %s", slope).isTrue();
      }
      trainer.step(new Minibatch(A, YES, new float[] {0}, 1));
      assertThat(trainer.state().isFinite()).isTrue();
    }
    assertThat(Arrays.asList(WEIGHED.weight(), REPEATED.weight())).containsExactly(3.0, 3.0);
  }
}
