package dev.lockstep.models.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.models.ArrayShape;
import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.ExampleLayout.Part;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.SharedNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
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
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** The oneDNN step against DL4J's on the same networks, parameters and minibatches. */
class OneDnnLocalTrainerTest {
  private static final int CLASSES = 3;

  static ExampleLayout layout(int labels, long... features) {
    return ExampleLayout.of(labels, features);
  }

  private static NeuralNetConfiguration.Builder common() {
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
  private static OneDnnCase pictures(String name, Layer... layers) {
    return pictures(name, CNN2DFormat.NCHW, common(), output(), layers);
  }

  private static OneDnnCase pictures(
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

  private static ConvolutionLayer convolution(Consumer<ConvolutionLayer.Builder> more) {
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

  private static OneDnnCase graph(String name, ExampleLayout layout, Consumer<GraphBuilder> more) {
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

  @ParameterizedTest
  @MethodSource({"stacks", "graphs", "recurrent", "otherConvolutions"})
  void trains_as_dl4j_does(OneDnnCase network) {
    network.trainsAsDl4jDoes(50);
  }

  /** Which DL4J is not able to differentiate without training it. */
  @Test
  void a_frozen_layer_stays_and_the_others_are_trained_as_dl4j_does() {
    pictures(
            "frozen",
            CNN2DFormat.NCHW,
            common()
                .updater(new RmsProp(new ExponentialSchedule(ScheduleType.ITERATION, 0.01, 0.9))),
            new OutputLayer.Builder(new LossMCXENT(Nd4j.createFromArray(0.5f, 1f, 2f)))
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build(),
            new FrozenLayer(convolution(l -> {})),
            convolution(l -> l.nOut(3)))
        .trainsAsDl4jDoes(50);
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void differentiates_as_dl4j_does(OneDnnCase network) {
    network.differentiatesAsDl4jDoes();
  }

  @Test
  void reruns_and_other_threads_give_the_same_bits() {
    OneDnnCase network = graphs().get(0);
    ModelState alone = trained(network);

    assertThat(IntStream.range(0, 16).parallel().mapToObj(i -> trained(network)).toList())
        .containsOnly(alone);
  }

  private static ModelState trained(OneDnnCase network) {
    LocalTrainer trainer = network.trainer(LocalStep.ONEDNN);
    trainer.load(network.start());
    for (int step = 0; step < 12; step++) {
      trainer.step(network.minibatch(step));
    }
    ModelState state = trainer.state();
    trainer.close();
    return state;
  }

  @Test
  void gradient_then_apply_is_a_step_to_the_bit() {
    OneDnnCase network = graphs().get(0);
    LocalTrainer whole = network.trainer(LocalStep.ONEDNN);
    LocalTrainer inParts = network.trainer(LocalStep.ONEDNN);
    whole.load(network.start());
    inParts.load(network.start());
    float[] gradient = new float[network.start().parameters().length];
    Minibatch minibatch = network.minibatch(2);

    whole.step(minibatch);
    inParts.gradient(minibatch, gradient);
    inParts.apply(gradient, minibatch.size());

    assertThat(inParts.state()).isEqualTo(whole.state());
  }

  @Test
  void dropout_keeps_as_many_as_it_should_and_follows_from_the_seed() {
    double kept = 0.7;
    OneDnnCase network =
        pictures(
            "dropout",
            CNN2DFormat.NCHW,
            common().updater(new Sgd(1)).miniBatch(false),
            new LossLayer.Builder(LossFunction.MSE).activation(Activation.IDENTITY).build(),
            new DenseLayer.Builder()
                .nOut(CLASSES)
                .activation(Activation.IDENTITY)
                .dropOut(kept)
                .build());
    LocalTrainer trainer = network.trainer(LocalStep.ONEDNN);
    ModelState start = network.start();
    trainer.load(start);
    int size = 200;
    float[] ones = new float[size * network.layout().featureLength()];
    Arrays.fill(ones, 1);
    Minibatch minibatch = new Minibatch(ones, new float[size * CLASSES], size);
    float[] first = new float[start.parameters().length];
    float[] again = first.clone();
    float[] other = first.clone();

    trainer.seed(5);
    trainer.gradient(minibatch, first);
    trainer.gradient(minibatch, other);
    trainer.seed(5);
    trainer.gradient(minibatch, again);

    assertThat(again).isEqualTo(first).isNotEqualTo(other);
    // By each weight the gradient is the sum of 2/3 · output · mask; without dropout, all alike.
    LocalTrainer certain = network.trainer(LocalStep.ONEDNN);
    certain.load(start);
    float[] output = certain.output(minibatch);
    double found = 0;
    double expected = 0;
    for (int i = 0; i < CLASSES; i++) {
      found += first[first.length - CLASSES + i];
      expected += 2.0 / CLASSES * output[i] * size;
    }
    // The mean of 200 outputs; one of them deviates by what 84 masks of weights do.
    assertThat(found).isCloseTo(expected, within(0.2 * Math.abs(expected) + 20));
  }

  @Test
  void a_shared_network_gives_what_a_trainer_gives() {
    OneDnnCase network = graphs().get(0);
    ModelState start = network.start();
    LocalTrainer trainer = network.trainer(LocalStep.ONEDNN);
    trainer.load(start);
    SharedNetwork shared =
        LocalTrainers.factory(network.network(), LocalStep.AUTO, network.layout())
            .newSharedNetwork(start.parameters());
    for (int seed = 0; seed < 8; seed++) {
      Minibatch minibatch = network.minibatch(seed);
      assertThat(shared.output(minibatch.features(), minibatch.size()))
          .isEqualTo(trainer.output(minibatch));
    }
  }

  @Test
  void native_memory_is_counted_and_released() {
    OneDnnCase network = graphs().get(0);
    ModelState start = network.start();
    long before = Scope.held();
    LocalTrainer trainer = network.trainer(LocalStep.ONEDNN);
    trainer.load(start);
    // More sizes than are kept.
    for (int size = 1; size < 20; size++) {
      trainer.step(network.minibatch(new Random(1), size));
    }
    long held = Scope.held() - before;
    assertThat(held).isGreaterThan(4L * start.parameters().length).isLessThan(10_000_000);

    trainer.close();

    assertThat(Scope.held()).isEqualTo(before);
  }

  @Test
  void arrays_that_are_too_short_are_refused_before_native_code_sees_them() {
    OneDnnCase network = graphs().get(0);
    LocalTrainer trainer = network.trainer(LocalStep.ONEDNN);
    Minibatch whole = network.minibatch(0);
    Minibatch cut =
        new Minibatch(
            Arrays.copyOf(whole.features(), whole.features().length - 1),
            whole.labels(),
            whole.size());

    assertThatThrownBy(() -> trainer.step(cut)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> trainer.gradient(whole, new float[1]))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
