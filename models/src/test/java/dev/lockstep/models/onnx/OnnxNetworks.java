package dev.lockstep.models.onnx;

import dev.lockstep.models.ArrayShape;
import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.ExampleLayout.Part;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.onednn.OneDnnCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small networks of what the engines' own tests do not have. */
final class OnnxNetworks {
  private static final int CLASSES = 3;
  private static final int CHANNELS = 4;
  private static final int STEPS = 6;

  private OnnxNetworks() {}

  static OneDnnCase stack(String name, InputType input, Part features, Part labels, Layer... all) {
    ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .seed(5)
            .updater(new Sgd(0.1))
            .activation(Activation.TANH)
            .list();
    for (Layer layer : all) {
      list.layer(layer);
    }
    return new OneDnnCase(
        name,
        NetworkDefinition.of(list.setInputType(input).build()),
        new ExampleLayout(List.of(features), List.of(labels)));
  }

  static Part part(Integer... shape) {
    return new Part(ArrayShape.fixed(List.of(shape)), null);
  }

  static OutputLayer output() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(CLASSES)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static OneDnnCase pictures(String name, CNN2DFormat format, Layer... layers) {
    return stack(
        name,
        InputType.convolutional(7, 6, 2, format),
        format == CNN2DFormat.NCHW ? part(2, 7, 6) : part(7, 6, 2),
        part(CLASSES),
        Stream.concat(Stream.of(layers), Stream.of(output())).toArray(Layer[]::new));
  }

  static OneDnnCase sequences(String name, Layer... layers) {
    return stack(
        name, InputType.recurrent(CHANNELS, STEPS), part(CHANNELS, STEPS), part(CLASSES), layers);
  }

  static RnnOutputLayer each() {
    return new RnnOutputLayer.Builder(LossFunction.MCXENT)
        .nOut(CLASSES)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static OneDnnCase steps(String name, Layer layer) {
    return stack(
        name,
        InputType.recurrent(CHANNELS, STEPS),
        part(CHANNELS, STEPS),
        part(CLASSES, STEPS),
        layer,
        each());
  }

  private static OneDnnCase activation(String name, IActivation activation) {
    return stack(
        name,
        InputType.feedForward(CHANNELS),
        part(CHANNELS),
        part(CLASSES),
        new DenseLayer.Builder().nOut(40).activation(Activation.IDENTITY).build(),
        new ActivationLayer.Builder().activation(activation).build(),
        output());
  }

  /** All that have a name, and others of their settings. */
  static List<OneDnnCase> activations() {
    List<OneDnnCase> cases = new ArrayList<>();
    for (Activation known : Activation.values()) {
      cases.add(activation(known.name(), known.getActivationFunction()));
    }
    Map.of(
            "relu with a threshold", new ActivationReLU(3.0, 0.5, 0.2),
            "relu with a slope", new ActivationReLU(null, null, 0.3),
            "relu with a bound", new ActivationReLU(0.7, 0.0, 0.0),
            "leaky relu", new ActivationLReLU(0.4),
            "thresholded relu", new ActivationThresholdedReLU(0.6),
            "elu", new ActivationELU(0.5),
            "precise gelu", new ActivationGELU(true))
        .forEach((name, activation) -> cases.add(activation(name, activation)));
    return cases;
  }

  @SuppressWarnings("deprecation") // GravesLSTM is, but people have it.
  static List<OneDnnCase> recurrent() {
    List<OneDnnCase> cases = new ArrayList<>();
    for (Activation activation :
        List.of(
            Activation.RELU,
            Activation.IDENTITY,
            Activation.SOFTSIGN,
            Activation.HARDSIGMOID,
            Activation.SIGMOID)) {
      cases.add(
          steps(
              "LSTM, " + activation,
              new LSTM.Builder()
                  .nOut(5)
                  .activation(activation)
                  .gateActivationFunction(Activation.HARDSIGMOID)
                  .build()));
    }
    GravesLSTM peepholes = new GravesLSTM.Builder().nOut(5).build();
    SimpleRnn simple = new SimpleRnn.Builder().nOut(5).build();
    for (Bidirectional.Mode mode : Bidirectional.Mode.values()) {
      cases.add(steps("both directions, " + mode, new Bidirectional(mode, peepholes)));
    }
    cases.add(
        steps("LSTMs in both directions", new GravesBidirectionalLSTM.Builder().nOut(5).build()));
    cases.add(steps("simple", simple));
    cases.add(steps("simple, both directions", new Bidirectional(simple)));
    cases.add(
        stack(
            "convolutions of steps, channels last",
            InputType.recurrent(CHANNELS, STEPS, RNNFormat.NWC),
            part(STEPS, CHANNELS),
            part(STEPS, CLASSES),
            new Convolution1DLayer.Builder(3, 1)
                .nOut(5)
                .rnnDataFormat(RNNFormat.NWC)
                .convolutionMode(ConvolutionMode.Same)
                .build(),
            new LSTM.Builder().nOut(5).dataFormat(RNNFormat.NWC).build(),
            new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .dataFormat(RNNFormat.NWC)
                .build()));
    cases.add(
        sequences(
            "convolutions of steps",
            new Convolution1DLayer.Builder(3, 2)
                .nOut(5)
                .convolutionMode(ConvolutionMode.Same)
                .build(),
            new Convolution1DLayer.Builder(2, 1)
                .nOut(5)
                .convolutionMode(ConvolutionMode.Causal)
                .build(),
            new DropoutLayer(0.5),
            new GlobalPoolingLayer(PoolingType.MAX),
            output()));
    return cases;
  }

  static List<OneDnnCase> places() {
    List<OneDnnCase> cases = new ArrayList<>();
    cases.add(
        pictures(
            "p-norms",
            CNN2DFormat.NCHW,
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.PNORM, new int[] {2, 3})
                .stride(2, 1)
                .pnorm(2)
                .build()));
    cases.add(
        pictures(
            "means with padding counted",
            CNN2DFormat.NCHW,
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG, new int[] {3, 3})
                .stride(2, 2)
                .padding(1, 1)
                .avgPoolIncludePadInDivisor(true)
                .build()));
    cases.add(
        pictures(
            "maxima with dilation",
            CNN2DFormat.NCHW,
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX, new int[] {2, 2})
                .stride(1, 1)
                .dilation(2, 2)
                .build()));
    cases.add(
        pictures(
            "transposed, channels last",
            CNN2DFormat.NHWC,
            new Deconvolution2D.Builder(3, 3)
                .nOut(4)
                .stride(2, 2)
                .dataFormat(CNN2DFormat.NHWC)
                .convolutionMode(ConvolutionMode.Same)
                .build()));
    cases.add(
        pictures(
            "transposed, windows shorter than strides",
            CNN2DFormat.NCHW,
            new Deconvolution2D.Builder(2, 2)
                .nOut(4)
                .stride(3, 3)
                .convolutionMode(ConvolutionMode.Same)
                .build()));
    cases.add(
        pictures(
            "depthwise, channels last",
            CNN2DFormat.NHWC,
            new DepthwiseConvolution2D.Builder(3, 2)
                .depthMultiplier(2)
                .dataFormat(CNN2DFormat.NHWC)
                .build()));
    cases.add(
        pictures(
            "separable, channels last",
            CNN2DFormat.NHWC,
            new SeparableConvolution2D.Builder(3, 2)
                .nOut(4)
                .depthMultiplier(2)
                .dataFormat(CNN2DFormat.NHWC)
                .build()));
    cases.add(
        pictures(
            "padding, upsampling and means, channels last",
            CNN2DFormat.NHWC,
            new ZeroPaddingLayer.Builder(1, 0, 2, 1).dataFormat(CNN2DFormat.NHWC).build(),
            new Upsampling2D.Builder(2).dataFormat(CNN2DFormat.NHWC).build(),
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG, new int[] {3, 2})
                .stride(2, 2)
                .dataFormat(CNN2DFormat.NHWC)
                .convolutionMode(ConvolutionMode.Same)
                .build()));
    cases.add(
        pictures(
            "means of everything, channels last",
            CNN2DFormat.NHWC,
            new ConvolutionLayer.Builder(2, 2).nOut(4).dataFormat(CNN2DFormat.NHWC).build(),
            new GlobalPoolingLayer.Builder(PoolingType.AVG).build()));
    return cases;
  }
}
