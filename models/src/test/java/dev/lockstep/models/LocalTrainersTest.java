package dev.lockstep.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.dl4j.LikelyExamples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.constraint.UnitNormConstraint;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

class LocalTrainersTest {
  private static final String ADVICE = " is not supported by the BLAS local step: use AUTO or DL4J";

  private static NetworkDefinition network(
      Consumer<NeuralNetConfiguration.Builder> common, Consumer<DenseLayer.Builder> hidden) {
    NeuralNetConfiguration.Builder builder = new NeuralNetConfiguration.Builder();
    common.accept(builder);
    DenseLayer.Builder dense = new DenseLayer.Builder().nIn(4).nOut(3).activation(Activation.TANH);
    hidden.accept(dense);
    OutputLayer output =
        new OutputLayer.Builder(new LossMSE())
            .nIn(3)
            .nOut(2)
            .activation(Activation.IDENTITY)
            .build();
    return NetworkDefinition.of(builder.list().layer(dense.build()).layer(output).build());
  }

  private static NetworkDefinition withHidden(Consumer<DenseLayer.Builder> hidden) {
    return network(common -> {}, hidden);
  }

  private static NetworkDefinition withCommon(Consumer<NeuralNetConfiguration.Builder> common) {
    return network(common, hidden -> {});
  }

  static List<Arguments> unsupported() {
    return List.of(
        Arguments.of(
            "layer 0 (DenseLayer): dropout GaussianDropout",
            withHidden(l -> l.dropOut(new GaussianDropout(0.5)))),
        Arguments.of(
            "layer 0 (DenseLayer): weight noise",
            withHidden(l -> l.weightNoise(new DropConnect(0.5)))),
        Arguments.of(
            "layer 0 (DenseLayer): a norm of all or of none of the dimensions of W",
            withHidden(l -> l.constrainWeights(new UnitNormConstraint(0, 1)))),
        Arguments.of(
            "layer 0 (DenseLayer): layer normalization", withHidden(l -> l.hasLayerNorm(true))),
        Arguments.of("a network of type DOUBLE", withCommon(c -> c.dataType(DataType.DOUBLE))),
        Arguments.of(
            "layer 1 (OutputLayer): the loss of activation rrelu(l=0.125, u=0.3333333333333333)",
            ofRandomOutputs()),
        Arguments.of("layer 0 (BatchNormalization): this type of layer", batchNormalization()),
        Arguments.of("a ComputationGraph", graph()));
  }

  private static NetworkDefinition ofRandomOutputs() {
    return TestNetworks.dense(
        new NeuralNetConfiguration.Builder(),
        Activation.TANH,
        Activation.RRELU,
        new LossMSE(),
        4,
        3,
        2);
  }

  private static NetworkDefinition batchNormalization() {
    return NetworkDefinition.of(
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(new BatchNormalization.Builder().nIn(4).nOut(4).build())
            .layer(new OutputLayer.Builder(new LossMSE()).nIn(4).nOut(2).build())
            .build());
  }

  private static NetworkDefinition graph() {
    ComputationGraphConfiguration graph =
        new NeuralNetConfiguration.Builder()
            .graphBuilder()
            .addInputs("in")
            .addLayer("out", new OutputLayer.Builder(new LossMSE()).nIn(4).nOut(2).build(), "in")
            .setOutputs("out")
            .build();
    return NetworkDefinition.of(graph);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unsupported")
  void blas_refuses_what_it_does_not_support_and_names_it(String what, NetworkDefinition network) {
    assertThatThrownBy(() -> LocalTrainers.create(network, LocalStep.BLAS, 2, 4))
        .isInstanceOf(ModelError.class)
        .hasMessage(what + ADVICE);
  }

  @Test
  void auto_takes_blas_where_it_can_then_onednn_and_dl4j_elsewhere() {
    NetworkDefinition dense = withCommon(c -> {});

    assertThat(LocalTrainers.factory(dense, LocalStep.AUTO, 2, 4).step()).isEqualTo(LocalStep.BLAS);
    assertThat(LocalTrainers.factory(graph(), LocalStep.AUTO, 2, 4).step())
        .isEqualTo(LocalStep.ONEDNN);
    assertThat(
            LocalTrainers.factory(
                    withHidden(l -> l.weightNoise(new DropConnect(0.5))), LocalStep.AUTO, 2, 4)
                .step())
        .isEqualTo(LocalStep.DL4J);
    assertThat(LocalTrainers.factory(dense, LocalStep.DL4J, 2, 4).step()).isEqualTo(LocalStep.DL4J);
  }

  @SuppressWarnings("deprecation") // GravesBidirectionalLSTM is, but people have it.
  static List<Arguments> leftToDl4j() {
    NeuralNetConfiguration.Builder common =
        new NeuralNetConfiguration.Builder().updater(new Adam(0.01)).activation(Activation.TANH);
    return List.of(
        Arguments.of(
            "layer 0 (GravesBidirectionalLSTM): dropout, which DL4J leaves out",
            sequences(
                common,
                new GravesBidirectionalLSTM.Builder().nOut(3).dropOut(0.5).build(),
                BackpropType.Standard)),
        Arguments.of(
            "backpropagation of type TruncatedBPTT",
            sequences(common, new LSTM.Builder().nOut(3).build(), BackpropType.TruncatedBPTT)),
        Arguments.of(
            "layer 1 (SpaceToDepthLayer): this type of layer",
            pictures(common, new SpaceToDepthLayer.Builder<>(2, CNN2DFormat.NCHW).build())),
        // As DL4J's updater takes its parameters for others'.
        Arguments.of(
            "layer 1 (DepthwiseConvolution2D): what is of weights or of biases alone",
            pictures(
                common.clone().l2(0.1), new DepthwiseConvolution2D.Builder(2, 2).nOut(2).build())));
  }

  private static NetworkDefinition sequences(
      NeuralNetConfiguration.Builder common, Layer first, BackpropType backpropagation) {
    return NetworkDefinition.of(
        common
            .list()
            .layer(first)
            .layer(
                new RnnOutputLayer.Builder(new LossMSE())
                    .nOut(2)
                    .activation(Activation.TANH)
                    .build())
            .setInputType(InputType.recurrent(4, 5))
            .backpropType(backpropagation)
            .build());
  }

  private static NetworkDefinition pictures(NeuralNetConfiguration.Builder common, Layer second) {
    return NetworkDefinition.of(
        common
            .list()
            .layer(new ConvolutionLayer.Builder(1, 1).nOut(2).build())
            .layer(second)
            .layer(
                new OutputLayer.Builder(new LossMSE()).nOut(2).activation(Activation.TANH).build())
            .setInputType(InputType.convolutional(28, 28, 2))
            .build());
  }

  /** What {@code lockstep show} tells, without data. */
  @ParameterizedTest(name = "{0}")
  @MethodSource
  void leftToDl4j(String reason, NetworkDefinition network) {
    assertThat(LikelyExamples.trainers(network))
        .hasValueSatisfying(
            factory -> {
              assertThat(factory.step()).isEqualTo(LocalStep.DL4J);
              assertThat(factory.reason()).hasValue(reason);
            });
  }

  @Test
  void what_dl4j_is_not_able_to_train_is_told_in_a_line() {
    NetworkDefinition network =
        NetworkDefinition.of(
            new NeuralNetConfiguration.Builder()
                .weightNoise(new DropConnect(0.5))
                .list()
                .layer(new LSTM.Builder().nIn(4).nOut(3).build())
                .layer(
                    new RnnOutputLayer.Builder(new LossMSE())
                        .nOut(2)
                        .activation(Activation.TANH)
                        .constrainWeights(new MaxNormConstraint(1, 1, 2, 3))
                        .build())
                .setInputType(InputType.recurrent(4, 5))
                .build());
    ExampleLayout.Part features = new ExampleLayout.Part(ArrayShape.fixed(List.of(4, 5)), null);
    ExampleLayout.Part labels = new ExampleLayout.Part(ArrayShape.fixed(List.of(2, 5)), null);
    ExampleLayout layout = new ExampleLayout(List.of(features), List.of(labels));

    assertThatThrownBy(() -> LocalTrainers.factory(network, LocalStep.AUTO, layout))
        .isInstanceOf(ModelError.class)
        .hasMessage(
            "DL4J is not able to train this network: Axis array [1, 2, 3] contains values above"
                + " array rank (rank=2)");
  }

  @Test
  void a_network_without_parameters_is_refused() {
    NetworkDefinition network =
        NetworkDefinition.of(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new ActivationLayer(Activation.TANH))
                .layer(new LossLayer.Builder(new LossMSE()).activation(Activation.TANH).build())
                .build());

    assertThatThrownBy(() -> Dl4jLocalTrainer.stateOf(network.newNetwork()))
        .isInstanceOf(ModelError.class)
        .hasMessage("no layer of the network has parameters: there is nothing to train");
  }

  @ParameterizedTest
  @EnumSource
  void a_factory_makes_the_same_trainers_after_serialisation(LocalStep step) throws Exception {
    NetworkDefinition network = withCommon(c -> c.updater(new Adam(0.1)).l2(0.1));
    ModelState start = Dl4jLocalTrainer.stateOf(network.newNetwork());
    Minibatch minibatch = TestNetworks.minibatch(new Random(1), 3, 4, 2);
    TrainerFactory sent = LocalTrainers.factory(network, step, 2, 4);
    TrainerFactory received = copy(sent);

    assertThat(received).isEqualTo(sent);
    LocalTrainer here = sent.newTrainer();
    LocalTrainer there = received.newTrainer();
    here.load(start);
    there.load(start);
    here.step(minibatch);
    there.step(minibatch);
    assertThat(there.state()).isEqualTo(here.state()).isNotEqualTo(start);
  }

  private static TrainerFactory copy(TrainerFactory factory) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(factory);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (TrainerFactory) in.readObject();
    }
  }

  @Test
  void examples_of_another_shape_are_refused() {
    NetworkDefinition network = withCommon(c -> {});

    assertThatThrownBy(() -> LocalTrainers.create(network, LocalStep.AUTO, 2, 2, 3))
        .isInstanceOf(ModelError.class)
        .hasMessage("layer 0 (DenseLayer): expected 4 inputs, found 6 in examples of [2, 3]");
    assertThatThrownBy(() -> LocalTrainers.create(network, LocalStep.AUTO, 10, 4))
        .isInstanceOf(ModelError.class)
        .hasMessage("layer 1 (OutputLayer): expected labels of 2 values, found 10");
  }
}
