package dev.lockstep.models.onednn;

import static dev.lockstep.models.onednn.OneDnnNetworks.CLASSES;
import static dev.lockstep.models.onednn.OneDnnNetworks.common;
import static dev.lockstep.models.onednn.OneDnnNetworks.convolution;
import static dev.lockstep.models.onednn.OneDnnNetworks.output;
import static dev.lockstep.models.onednn.OneDnnNetworks.part;
import static dev.lockstep.models.onednn.OneDnnNetworks.pictures;

import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.NetworkDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.constraint.UnitNormConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/** Options of updates in layers that are not dense, and layers with channels last. */
final class OptionNetworks {
  private static final int CHANNELS = 4;
  private static final int STEPS = 5;

  private OptionNetworks() {}

  static List<OneDnnCase> ofPictures() {
    List<OneDnnCase> cases = new ArrayList<>();
    for (GradientNormalization kind :
        List.of(
            GradientNormalization.RenormalizeL2PerLayer,
            GradientNormalization.ClipL2PerParamType)) {
      add(cases, kind.toString(), c -> c.gradientNormalization(kind));
    }
    add(cases, "L1, L2", c -> c.l1(0.01).l2(0.02));
    add(cases, "decay", c -> c.weightDecay(0.05).biasUpdater(new Sgd(0.1)));
    add(cases, "MaxNorm", c -> c.constrainWeights(new MaxNormConstraint(0.4, 1, 2, 3)));
    cases.add(
        pictures(
            "labels one-hot, the loss of class numbers",
            CNN2DFormat.NCHW,
            common(),
            new OutputLayer.Builder(new LossSparseMCXENT())
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build(),
            convolution(l -> {})));
    return cases;
  }

  private static void add(
      List<OneDnnCase> cases, String option, Consumer<NeuralNetConfiguration.Builder> change) {
    NeuralNetConfiguration.Builder common = common().gradientNormalizationThreshold(0.05);
    change.accept(common);
    Layer last =
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(CLASSES)
            .activation(Activation.SOFTMAX)
            .constrainWeights(new MaxNormConstraint(2, 0))
            .build();
    cases.add(
        pictures(
            "convolution, " + option,
            CNN2DFormat.NCHW,
            common,
            last,
            convolution(l -> l.updater(new Nesterovs(0.01, 0.9))),
            transposed(CNN2DFormat.NCHW)));
  }

  private static Layer transposed(CNN2DFormat format) {
    return new Deconvolution2D.Builder(2, 3).nOut(3).stride(1, 2).dataFormat(format).build();
  }

  static List<OneDnnCase> channelsLast() {
    CNN2DFormat format = CNN2DFormat.NHWC;
    return List.of(
        last("normalised", new BatchNormalization.Builder().dataFormat(format).build()),
        last(
            "frozen and normalised",
            new FrozenLayer(new BatchNormalization.Builder().dataFormat(format).build()),
            convolution(l -> l.dataFormat(format))),
        last(
            "depthwise",
            new DepthwiseConvolution2D.Builder(3, 2).depthMultiplier(2).dataFormat(format).build()),
        last(
            "separable",
            new SeparableConvolution2D.Builder(2, 2).nOut(4).dataFormat(format).build()),
        last("transposed", transposed(format)),
        last(
            "padding, upsampling, pooling of everything",
            new ZeroPaddingLayer.Builder(1, 2, 0, 1).dataFormat(format).build(),
            convolution(l -> l.dataFormat(format)),
            new Upsampling2D.Builder(2).dataFormat(format).build(),
            convolution(l -> l.dataFormat(format).nOut(4)),
            new GlobalPoolingLayer.Builder(PoolingType.MAX).build()));
  }

  private static OneDnnCase last(String name, Layer... layers) {
    return pictures("channels last, " + name, CNN2DFormat.NHWC, common(), output(), layers);
  }

  @SuppressWarnings("deprecation") // Some are, but people have them.
  static List<OneDnnCase> ofSequences() {
    LSTM lstm = new LSTM.Builder().nOut(6).build();
    GradientNormalization each = GradientNormalization.ClipL2PerParamType;
    Layer causal =
        new Convolution1DLayer.Builder(3, 1)
            .nOut(5)
            .dilation(2)
            .convolutionMode(ConvolutionMode.Causal)
            .build();
    return List.of(
        sequences("LSTM, L1, L2 and decay", c -> c.l1(0.01).l2(0.02).weightDecay(0.01), lstm),
        sequences(
            "LSTM, clipped, with updaters of its own",
            c -> c.gradientNormalization(each).gradientNormalizationThreshold(0.05),
            new LSTM.Builder().nOut(6).updater(new Sgd(0.1)).biasUpdater(new Adam(0.02)).build()),
        sequences(
            "peepholes, MaxNorm",
            c -> c.constrainWeights(new MaxNormConstraint(0.5, 0)),
            new GravesLSTM.Builder().nOut(5).build()),
        sequences(
            "bidirectional, unit norms, decay",
            c -> c.constrainWeights(new UnitNormConstraint(0)).weightDecay(0.02),
            new Bidirectional(Bidirectional.Mode.AVERAGE, lstm)),
        sequences(
            "LSTMs both ways, clipped, L2",
            c -> c.gradientNormalization(each).gradientNormalizationThreshold(0.05).l2(0.02),
            new GravesBidirectionalLSTM.Builder().nOut(5).build()),
        sequences(
            "plain cells, MaxNorm, decay",
            c -> c.constrainWeights(new MaxNormConstraint(0.5, 0)).weightDecay(0.02),
            new SimpleRnn.Builder().nOut(5).biasUpdater(new Sgd(0.1)).build()),
        sequences(
            "a frozen LSTM",
            c -> {},
            new FrozenLayer(new LSTM.Builder().nOut(6).build()),
            new LSTM.Builder().nOut(5).build()),
        sequences("causal convolution", c -> c.l2(0.02), causal));
  }

  private static OneDnnCase sequences(
      String name, Consumer<NeuralNetConfiguration.Builder> change, Layer... layers) {
    NeuralNetConfiguration.Builder common = common();
    change.accept(common);
    NeuralNetConfiguration.ListBuilder list = common.list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    list.layer(
            new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(InputType.recurrent(CHANNELS, STEPS));
    return new OneDnnCase(
        name,
        NetworkDefinition.of(list.build()),
        new ExampleLayout(List.of(part(CHANNELS, STEPS)), List.of(part(CLASSES, STEPS))));
  }
}
