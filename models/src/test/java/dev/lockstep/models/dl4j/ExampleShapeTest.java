package dev.lockstep.models.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.models.ModelError;
import dev.lockstep.models.NetworkDefinition;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

class ExampleShapeTest {
  private static final int CLASSES = 3;

  private static OutputLayer.Builder output() {
    return new OutputLayer.Builder(new LossMCXENT()).nOut(CLASSES).activation(Activation.SOFTMAX);
  }

  private static NetworkDefinition stack(InputType type, Layer... layers) {
    ListBuilder list = new NeuralNetConfiguration.Builder().list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    return NetworkDefinition.of(list.layer(output().build()).setInputType(type).build());
  }

  private static NetworkDefinition convolution(InputType type) {
    return stack(
        type,
        new ConvolutionLayer.Builder(3, 3)
            .nOut(2)
            .dataFormat(
                type instanceof InputType.InputTypeConvolutional picture
                    ? picture.getFormat()
                    : CNN2DFormat.NCHW)
            .build(),
        new SubsamplingLayer.Builder(2, 2).build());
  }

  static List<Arguments> fitting() {
    NetworkDefinition dense = stack(InputType.feedForward(48), dense());
    NetworkDefinition normalised =
        stack(InputType.feedForward(48), new BatchNormalization(), dense());
    NetworkDefinition grey = convolution(InputType.convolutional(8, 6, 1));
    NetworkDefinition colours = convolution(InputType.convolutional(8, 6, 3));
    NetworkDefinition last = convolution(InputType.convolutional(8, 6, 3, CNN2DFormat.NHWC));
    NetworkDefinition flat = convolution(InputType.convolutionalFlat(8, 6, 1));
    NetworkDefinition square = convolution(InputType.convolutional(6, 6, 1));
    return List.of(
        Arguments.of("dense, flat", dense, shape(48), shape(48)),
        Arguments.of("dense, pictures", dense, shape(8, 6), shape(48)),
        Arguments.of("normalised", normalised, shape(8, 6), shape(48)),
        Arguments.of("grey", grey, shape(8, 6), shape(1, 8, 6)),
        Arguments.of("grey with a channel", grey, shape(1, 8, 6), shape(1, 8, 6)),
        Arguments.of("colours", colours, shape(3, 8, 6), shape(3, 8, 6)),
        Arguments.of("channels last", last, shape(8, 6, 3), shape(8, 6, 3)),
        Arguments.of("flat convolution", flat, shape(48), shape(48)),
        Arguments.of("flat convolution of pictures", flat, shape(8, 6), shape(48)),
        Arguments.of("pictures in a table", square, shape(36), shape(1, 6, 6)),
        Arguments.of("pictures after activation", activated(), shape(8, 6), shape(1, 8, 6)),
        Arguments.of("sequences", lstm(RNNFormat.NCW), shape(5, 9), shape(5, 9)),
        Arguments.of("sequences, time first", lstm(RNNFormat.NWC), shape(9, 5), shape(9, 5)),
        Arguments.of("volumes", volume(), shape(2, 4, 5, 6), shape(2, 4, 5, 6)),
        Arguments.of("graph", graph(), shape(8, 6), shape(1, 8, 6)));
  }

  private static long[] shape(long... shape) {
    return shape;
  }

  private static Layer dense() {
    return new DenseLayer.Builder().nOut(4).activation(Activation.TANH).build();
  }

  private static NetworkDefinition activated() {
    return stack(
        InputType.convolutional(8, 6, 1),
        new ActivationLayer(Activation.TANH),
        new ConvolutionLayer.Builder(3, 3).nOut(2).build());
  }

  private static NetworkDefinition lstm(RNNFormat format) {
    return stack(
        InputType.recurrent(5, 9, format),
        new LSTM.Builder().nOut(4).dataFormat(format).build(),
        new GlobalPoolingLayer.Builder()
            .poolingDimensions(format == RNNFormat.NCW ? 2 : 1)
            .build());
  }

  private static NetworkDefinition volume() {
    return stack(
        InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 4, 5, 6, 2),
        new Convolution3D.Builder(2, 2, 2)
            .dataFormat(Convolution3D.DataFormat.NCDHW)
            .nOut(2)
            .build(),
        new GlobalPoolingLayer());
  }

  private static NetworkDefinition graph() {
    return NetworkDefinition.of(
        new NeuralNetConfiguration.Builder()
            .graphBuilder()
            .addInputs("picture")
            .addLayer("left", new ConvolutionLayer.Builder(3, 3).nOut(2).build(), "picture")
            .addLayer("right", new ConvolutionLayer.Builder(3, 3).nOut(2).build(), "picture")
            .addVertex("both", new MergeVertex(), "left", "right")
            .addLayer("class", output().build(), "both")
            .setOutputs("class")
            .setInputTypes(InputType.convolutional(8, 6, 1))
            .build());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fitting")
  void examples_come_as_the_network_takes_them(
      String what, NetworkDefinition network, long[] data, long[] taken) {
    assertThat(ExampleShape.of(network, CLASSES, data)).containsExactly(taken);
  }

  static List<Arguments> misfits() {
    return List.of(
        Arguments.of(
            convolution(InputType.convolutional(8, 6, 3)),
            shape(8, 6),
            "layer 0 (ConvolutionLayer): expected 3 channels, found 1 in examples of [8, 6]"),
        Arguments.of(
            stack(InputType.feedForward(48), new BatchNormalization(), dense()),
            shape(7, 7),
            "layer 0 (BatchNormalization): expected 48 inputs, found 49 in examples of [7, 7]"),
        Arguments.of(
            lstm(RNNFormat.NCW),
            shape(4, 9),
            "layer 0 (LSTM): expected 5 inputs, found 4 in examples of [4, 9]"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("misfits")
  void a_misfit_names_the_layer_what_it_expects_and_what_it_found(
      NetworkDefinition network, long[] data, String message) {
    assertThatThrownBy(() -> ExampleShape.of(network, CLASSES, data))
        .isInstanceOf(ModelError.class)
        .hasMessage(message);
  }

  @Test
  void a_misfit_behind_the_first_layer_is_told_in_one_line() {
    NetworkDefinition network = convolution(InputType.convolutional(8, 6, 1));

    assertThatThrownBy(() -> ExampleShape.of(network, CLASSES, 20, 20))
        .isInstanceOf(ModelError.class)
        .hasMessageStartingWith("examples of [20, 20]: ")
        .message()
        .hasLineCount(1);
  }

  @Test
  void labels_must_be_as_many_as_outputs_and_not_sequences() {
    NetworkDefinition network = convolution(InputType.convolutional(8, 6, 1));
    NetworkDefinition sequences =
        NetworkDefinition.of(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new LSTM.Builder().nIn(5).nOut(4).build())
                .layer(
                    new RnnOutputLayer.Builder(new LossMCXENT())
                        .nIn(4)
                        .nOut(CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());

    assertThatThrownBy(() -> ExampleShape.of(network, 10, 8, 6))
        .hasMessage("layer 2 (OutputLayer): expected labels of 3 values, found 10");
    assertThatThrownBy(() -> ExampleShape.of(sequences, CLASSES, 5, 9))
        .hasMessage("layer 1 (RnnOutputLayer): expected labels of shape [3, 9], found 3");
  }

  @Test
  void a_graph_with_several_inputs_is_refused() {
    NetworkDefinition network =
        NetworkDefinition.of(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("left", "right")
                .addLayer("class", output().nIn(8).build(), "left", "right")
                .setOutputs("class")
                .build());

    assertThatThrownBy(() -> ExampleShape.of(network, CLASSES, 8))
        .isInstanceOf(ModelError.class)
        .hasMessage("the network has 2 inputs, left, right: expected one");
  }
}
