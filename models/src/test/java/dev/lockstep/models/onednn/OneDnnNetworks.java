package dev.lockstep.models.onednn;

import dev.lockstep.models.ArrayShape;
import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.ExampleLayout.Part;
import dev.lockstep.models.NetworkDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small networks that between them have every layer and vertex that oneDNN computes here. */
final class OneDnnNetworks {
  static final int CLASSES = 3;

  static ExampleLayout layout(int labels, long... features) {
    return ExampleLayout.of(labels, features);
  }

  static NeuralNetConfiguration.Builder common() {
    return new NeuralNetConfiguration.Builder()
        .seed(3)
        .updater(new Adam(0.01))
        .activation(Activation.TANH);
  }

  static OutputLayer output() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(CLASSES)
        .activation(Activation.SOFTMAX)
        .build();
  }

  /** Layers on pictures of 7 by 6 with 2 channels. */
  static OneDnnCase pictures(String name, Layer... layers) {
    return pictures(name, CNN2DFormat.NCHW, common(), output(), layers);
  }

  static OneDnnCase pictures(
      String name,
      CNN2DFormat format,
      NeuralNetConfiguration.Builder common,
      Layer last,
      Layer... layers) {
    ListBuilder list = common.list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    list.layer(last).setInputType(InputType.convolutional(7, 6, 2, format));
    long[] shape = format == CNN2DFormat.NCHW ? new long[] {2, 7, 6} : new long[] {7, 6, 2};
    return new OneDnnCase(name, NetworkDefinition.of(list.build()), layout(CLASSES, shape));
  }

  static ConvolutionLayer convolution(Consumer<ConvolutionLayer.Builder> more) {
    ConvolutionLayer.Builder builder =
        new ConvolutionLayer.Builder(3, 3).nOut(5).activation(Activation.TANH);
    more.accept(builder);
    return builder.build();
  }

  private static SubsamplingLayer pooling(
      PoolingType type, Consumer<SubsamplingLayer.Builder> more) {
    SubsamplingLayer.Builder builder =
        new SubsamplingLayer.Builder(
                SubsamplingLayer.PoolingType.valueOf(type.name()), new int[] {2, 2})
            .stride(2, 2);
    more.accept(builder);
    return builder.build();
  }

  static List<OneDnnCase> stacks() {
    List<OneDnnCase> cases = new ArrayList<>();
    for (ConvolutionMode mode :
        List.of(ConvolutionMode.Same, ConvolutionMode.Truncate, ConvolutionMode.Strict)) {
      cases.add(pictures("convolution " + mode, convolution(l -> l.convolutionMode(mode))));
    }
    cases.add(
        pictures(
            "convolution with strides, Same",
            convolution(l -> l.convolutionMode(ConvolutionMode.Same).stride(2, 3))));
    cases.add(
        pictures(
            "convolution with strides and padding, Truncate",
            convolution(l -> l.stride(2, 2).padding(1, 1).kernelSize(2, 3))));
    cases.add(
        pictures(
            "convolution with dilation",
            convolution(l -> l.dilation(2, 2).convolutionMode(ConvolutionMode.Same))));
    cases.add(pictures("convolution without bias", convolution(l -> l.hasBias(false))));
    for (Activation activation :
        List.of(Activation.RELU, Activation.SIGMOID, Activation.IDENTITY)) {
      cases.add(pictures("convolution, " + activation, convolution(l -> l.activation(activation))));
      cases.add(
          pictures(
              "an activation layer, " + activation,
              convolution(l -> l.activation(Activation.IDENTITY)),
              new ActivationLayer.Builder().activation(activation).build(),
              new DenseLayer.Builder().nOut(6).activation(activation).build(),
              new DenseLayer.Builder().nOut(4).activation(Activation.SOFTMAX).build()));
    }
    for (Activation activation :
        List.of(Activation.LEAKYRELU, Activation.ELU, Activation.SWISH, Activation.GELU)) {
      cases.add(pictures("also " + activation, convolution(l -> l.activation(activation))));
    }
    cases.add(
        pictures(
            "convolutions by Winograd",
            convolution(l -> l.nOut(16).convolutionMode(ConvolutionMode.Same)),
            convolution(
                l -> l.nOut(16).convolutionMode(ConvolutionMode.Same).activation(Activation.RELU)),
            pooling(PoolingType.MAX, l -> {})));
    for (PoolingType type : List.of(PoolingType.MAX, PoolingType.AVG)) {
      cases.add(pictures("pooling " + type, convolution(l -> {}), pooling(type, l -> {})));
      cases.add(
          pictures(
              "pooling %s, Same".formatted(type),
              convolution(l -> l.activation(Activation.RELU)),
              pooling(type, l -> l.convolutionMode(ConvolutionMode.Same).kernelSize(3, 3))));
    }
    for (PoolingType type : List.of(PoolingType.MAX, PoolingType.AVG, PoolingType.SUM)) {
      cases.add(
          pictures(
              "pooling %s of everything".formatted(type),
              convolution(l -> {}),
              new GlobalPoolingLayer.Builder(type).build()));
    }
    cases.add(
        pictures(
            "max pooling with padding",
            convolution(l -> {}),
            pooling(PoolingType.MAX, l -> l.kernelSize(3, 3).padding(1, 1))));
    // Without what has no influence, and so a gradient of rounding errors: biases before it, or a
    // scale before another one.
    ConvolutionLayer unbiased = convolution(l -> l.activation(Activation.IDENTITY).hasBias(false));
    cases.add(
        pictures(
            "batch normalization, rectified",
            unbiased,
            new BatchNormalization.Builder().build(),
            new ActivationLayer.Builder().activation(Activation.RELU).build(),
            pooling(PoolingType.MAX, l -> {})));
    cases.add(
        pictures(
            "batch normalization of vectors",
            new DenseLayer.Builder().nOut(9).hasBias(false).build(),
            new BatchNormalization.Builder().useLogStd(false).decay(0.7).eps(1e-3).build()));
    cases.add(
        pictures(
            "batch normalization, locked",
            unbiased,
            new BatchNormalization.Builder().lockGammaBeta(true).build()));
    cases.add(
        pictures(
            "padding and upsampling",
            new ZeroPaddingLayer.Builder(1, 2, 0, 1).build(),
            convolution(l -> {}),
            new ZeroPaddingLayer.Builder(1, 0, 2, 1).build(),
            new Upsampling2D.Builder(2).build(),
            convolution(l -> l.nOut(2))));
    cases.add(
        pictures(
            "channels last",
            CNN2DFormat.NHWC,
            common(),
            output(),
            convolution(l -> l.dataFormat(CNN2DFormat.NHWC).convolutionMode(ConvolutionMode.Same)),
            pooling(PoolingType.MAX, l -> l.dataFormat(CNN2DFormat.NHWC)),
            new BatchNormalization.Builder().dataFormat(CNN2DFormat.NHWC).build(),
            new DenseLayer.Builder().nOut(7).build()));
    cases.add(
        pictures(
            "penalties, sums, updaters of their own",
            CNN2DFormat.NCHW,
            common().l2(0.02).weightDecay(0.01).miniBatch(false).updater(new Sgd(0.003)),
            output(),
            new ConvolutionLayer.Builder(3, 3)
                .nOut(4)
                .updater(new Nesterovs(0.002, 0.9))
                .biasUpdater(new Sgd(0.001))
                .build(),
            new BatchNormalization.Builder().updater(new Adam(0.01)).build(),
            new DenseLayer.Builder().nOut(6).updater(new Adam(0.01)).build()));
    cases.add(
        pictures(
            "a loss layer",
            CNN2DFormat.NCHW,
            common(),
            // With others DL4J's gradient overwrites what it then computes the loss of.
            new LossLayer.Builder(LossFunction.MSE).activation(Activation.IDENTITY).build(),
            convolution(l -> {}),
            new DenseLayer.Builder().nOut(CLASSES).activation(Activation.IDENTITY).build()));
    return cases;
  }

  static OneDnnCase graph(String name, ExampleLayout layout, Consumer<GraphBuilder> more) {
    GraphBuilder builder = common().graphBuilder();
    more.accept(builder);
    return new OneDnnCase(name, NetworkDefinition.of(builder.build()), layout);
  }

  static Part part(long... shape) {
    return new Part(
        ArrayShape.fixed(LongStream.of(shape).mapToObj(Math::toIntExact).toList()), null);
  }

  static List<OneDnnCase> graphs() {
    List<OneDnnCase> cases = new ArrayList<>();
    cases.add(
        graph(
            "a residual block",
            layout(CLASSES, 2, 7, 6),
            g ->
                g.addInputs("in")
                    .addLayer("a", convolution(l -> l.convolutionMode(ConvolutionMode.Same)), "in")
                    .addLayer("b", convolution(l -> l.convolutionMode(ConvolutionMode.Same)), "a")
                    .addLayer("n_1", new BatchNormalization(), "b")
                    .addVertex("+", new ElementWiseVertex(ElementWiseVertex.Op.Add), "n_1", "a")
                    .addLayer(
                        "relu",
                        new ActivationLayer.Builder().activation(Activation.RELU).build(),
                        "+")
                    .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), "relu")
                    .addLayer("out", output(), "pool")
                    .setOutputs("out")
                    .setInputTypes(InputType.convolutional(7, 6, 2))));
    cases.add(
        graph(
            "two inputs, two outputs, all vertices",
            new ExampleLayout(List.of(part(2, 7, 6), part(4)), List.of(part(CLASSES), part(2))),
            g ->
                g.addInputs("picture", "row")
                    .addLayer("a", convolution(l -> {}), "picture")
                    .addLayer("b", convolution(l -> l.nOut(3)), "picture")
                    .addVertex("merged", new MergeVertex(), "a", "b")
                    .addLayer("dense", new DenseLayer.Builder().nOut(6).build(), "merged")
                    .addLayer("other", new DenseLayer.Builder().nOut(6).build(), "row")
                    .addVertex(
                        "-", new ElementWiseVertex(ElementWiseVertex.Op.Subtract), "dense", "other")
                    .addVertex(
                        "mean",
                        new ElementWiseVertex(ElementWiseVertex.Op.Average),
                        "dense",
                        "other",
                        "-")
                    .addVertex("scaled", new ScaleVertex(0.7), "mean")
                    .addVertex("shifted", new ShiftVertex(0.1), "scaled")
                    .addVertex("both", new MergeVertex(), "shifted", "row")
                    .addLayer("first", output(), "both")
                    .addLayer(
                        "second",
                        new OutputLayer.Builder(LossFunction.MSE)
                            .nOut(2)
                            .activation(Activation.IDENTITY)
                            .build(),
                        "-")
                    .setOutputs("first", "second")
                    .setInputTypes(InputType.convolutional(7, 6, 2), InputType.feedForward(4))));
    return cases;
  }

  private static OneDnnCase sequences(String name, int steps, boolean each, Layer... layers) {
    ListBuilder list = common().list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    list.layer(
            each
                ? new RnnOutputLayer.Builder(LossFunction.MCXENT)
                    .nOut(CLASSES)
                    .activation(Activation.SOFTMAX)
                    .build()
                : output())
        .setInputType(InputType.recurrent(4, steps));
    Part labels = each ? part(CLASSES, steps) : part(CLASSES);
    return new OneDnnCase(
        name,
        NetworkDefinition.of(list.build()),
        new ExampleLayout(List.of(part(4, steps)), List.of(labels)));
  }

  @SuppressWarnings("deprecation") // GravesLSTM is, but people have it.
  static List<OneDnnCase> recurrent() {
    LSTM lstm = new LSTM.Builder().nOut(6).build();
    return List.of(
        sequences("LSTM", 5, true, lstm, new LSTM.Builder().nOut(5).build()),
        sequences("LSTM of one step", 1, true, lstm),
        sequences("LSTM with peepholes", 5, true, new GravesLSTM.Builder().nOut(6).build()),
        sequences("the last step of an LSTM", 5, false, new LastTimeStep(lstm)),
        sequences("bidirectional", 5, true, new Bidirectional(Bidirectional.Mode.CONCAT, lstm)),
        sequences("bidirectional sum", 5, true, new Bidirectional(Bidirectional.Mode.ADD, lstm)),
        sequences(
            "convolution of sequences",
            6,
            false,
            new Convolution1DLayer.Builder(3, 1)
                .nOut(5)
                .convolutionMode(ConvolutionMode.Same)
                .build(),
            new GlobalPoolingLayer(PoolingType.AVG)));
  }

  static List<OneDnnCase> otherConvolutions() {
    return List.of(
        pictures(
            "depthwise",
            new DepthwiseConvolution2D.Builder(3, 3)
                .depthMultiplier(2)
                .convolutionMode(ConvolutionMode.Same)
                .build()),
        pictures(
            "separable",
            new SeparableConvolution2D.Builder(3, 3).nOut(5).depthMultiplier(2).build()),
        pictures("transposed", new Deconvolution2D.Builder(3, 3).nOut(5).stride(2, 2).build()),
        pictures(
            "transposed, Same",
            CNN2DFormat.NCHW,
            common().updater(new Sgd(0.1)),
            output(),
            new Deconvolution2D.Builder(3, 3)
                .nOut(5)
                .stride(2, 2)
                .convolutionMode(ConvolutionMode.Same)
                .build()));
  }

  private OneDnnNetworks() {}
}
