package dev.lockstep.models.onednn;

import static dev.lockstep.models.onednn.OneDnnNetworks.CLASSES;
import static dev.lockstep.models.onednn.OneDnnNetworks.common;
import static dev.lockstep.models.onednn.OneDnnNetworks.output;
import static dev.lockstep.models.onednn.OneDnnNetworks.part;

import dev.lockstep.models.ArrayShape;
import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.ExampleLayout.Part;
import dev.lockstep.models.NetworkDefinition;
import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling1D;
import org.deeplearning4j.nn.conf.layers.ZeroPadding1DLayer;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMixtureDensity;

/** Small networks of sequences: with masks, of different lengths, of numbers, channels last. */
final class SequenceNetworks {
  private static final int CHANNELS = 4;
  private static final int STEPS = 6;

  private SequenceNetworks() {}

  private static NetworkDefinition network(InputType input, Layer... layers) {
    ListBuilder list = common().list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    return NetworkDefinition.of(list.setInputType(input).build());
  }

  private static Layer each(RNNFormat format) {
    return new RnnOutputLayer.Builder(LossFunction.MCXENT)
        .nOut(CLASSES)
        .activation(Activation.SOFTMAX)
        .dataFormat(format)
        .build();
  }

  private static OneDnnCase of(String name, Part features, Part labels, Layer... layers) {
    return new OneDnnCase(
        name,
        network(InputType.recurrent(CHANNELS, STEPS), layers),
        new ExampleLayout(List.of(features), List.of(labels)));
  }

  private static Part varying(int channels) {
    return new Part(new ArrayShape(List.of(channels, STEPS), 1), null);
  }

  private static Part masked(int channels, int factors) {
    return new Part(ArrayShape.fixed(List.of(channels, STEPS)), ArrayShape.fixed(List.of(factors)));
  }

  private static DenseLayer dense(int units) {
    return new DenseLayer.Builder().nOut(units).build();
  }

  private static LSTM lstm(int units) {
    return new LSTM.Builder().nOut(units).build();
  }

  @SuppressWarnings("deprecation") // GravesLSTM is, but people have it.
  static List<OneDnnCase> masked() {
    Part features = varying(CHANNELS);
    Part labels = varying(CLASSES);
    Part one = part(CLASSES);
    Part perOutput =
        new Part(
            ArrayShape.fixed(List.of(CLASSES, STEPS)), ArrayShape.fixed(List.of(CLASSES, STEPS)));
    Layer last = each(RNNFormat.NCW);
    Layer values =
        new RnnOutputLayer.Builder(LossFunction.MSE)
            .nOut(CLASSES)
            .activation(Activation.TANH)
            .build();
    GravesLSTM graves = new GravesLSTM.Builder().nOut(5).build();
    return List.of(
        of("LSTM, lengths", features, labels, lstm(5), lstm(4), last),
        of("LSTM, a mask of labels", part(CHANNELS, STEPS), masked(CLASSES, STEPS), lstm(5), last),
        of("LSTM, a mask of outputs", part(CHANNELS, STEPS), perOutput, lstm(5), values),
        of("LSTM, masks", masked(CHANNELS, STEPS), masked(CLASSES, STEPS), lstm(5), last),
        of("dense, lengths", features, labels, dense(5), lstm(4), dense(4), last),
        of("the last step, lengths", features, one, new LastTimeStep(lstm(5)), output()),
        of(
            "the last step, a mask",
            masked(CHANNELS, STEPS),
            one,
            new LastTimeStep(graves),
            output()),
        of("bidirectional, lengths", features, labels, new Bidirectional(lstm(4)), last),
        of("maxima, lengths", features, one, lstm(5), pooled(PoolingType.MAX), output()),
        of("means, lengths", features, one, lstm(5), pooled(PoolingType.AVG), output()),
        of(
            "sums, a mask",
            masked(CHANNELS, STEPS),
            one,
            lstm(5),
            pooled(PoolingType.SUM),
            output()),
        of("norms, lengths", features, one, lstm(5), pooled(PoolingType.PNORM), output()),
        of("plain cells, lengths", features, labels, rnn(5), rnn(4), last),
        of("plain cells, masks", masked(CHANNELS, STEPS), masked(CLASSES, STEPS), rnn(5), last),
        of("plain cells and dense ones, lengths", features, labels, rnn(5), dense(4), last),
        of("the last step of plain cells", features, one, new LastTimeStep(rnn(5)), output()),
        of("plain cells both ways, lengths", features, labels, new Bidirectional(rnn(4)), last),
        of("mixtures, lengths", features, labels, lstm(5), mixtures()),
        of(
            "mixtures, masks",
            masked(CHANNELS, STEPS),
            masked(CLASSES, STEPS),
            lstm(5),
            mixtures()));
  }

  /** Normal distributions of as many values as there are classes. */
  private static Layer mixtures() {
    return new RnnOutputLayer.Builder(
            LossMixtureDensity.builder().gaussians(2).labelWidth(CLASSES).build())
        .nOut(2 * (CLASSES + 2))
        .activation(Activation.IDENTITY)
        .build();
  }

  private static SimpleRnn rnn(int units) {
    return new SimpleRnn.Builder().nOut(units).build();
  }

  private static GlobalPoolingLayer pooled(PoolingType type) {
    return new GlobalPoolingLayer.Builder(type).build();
  }

  static List<OneDnnCase> numbers() {
    int classes = 7;
    Part labels = part(CLASSES);
    EmbeddingSequenceLayer steps =
        new EmbeddingSequenceLayer.Builder()
            .nIn(classes)
            .nOut(5)
            .inputLength(STEPS)
            .hasBias(true)
            .build();
    InputType sequence = InputType.recurrent(classes, STEPS);
    return List.of(
        new OneDnnCase(
            "an embedding",
            network(
                InputType.feedForward(classes),
                new EmbeddingLayer.Builder().nIn(classes).nOut(5).hasBias(true).build(),
                output()),
            new ExampleLayout(List.of(part(1)), List.of(labels)),
            classes),
        new OneDnnCase(
            "embedded steps",
            network(sequence, steps, new LastTimeStep(lstm(4)), output()),
            new ExampleLayout(List.of(part(1, STEPS)), List.of(labels)),
            classes),
        new OneDnnCase(
            "embedded steps of a row, with a mask",
            network(sequence, steps, lstm(4), pooled(PoolingType.AVG), output()),
            new ExampleLayout(
                List.of(
                    new Part(ArrayShape.fixed(List.of(STEPS)), ArrayShape.fixed(List.of(STEPS)))),
                List.of(labels)),
            classes));
  }

  @SuppressWarnings("deprecation") // It is, but people have it.
  private static Layer bothWays() {
    return new GravesBidirectionalLSTM.Builder()
        .nOut(5)
        .gateActivationFunction(Activation.SIGMOID)
        .build();
  }

  static List<OneDnnCase> plain() {
    Part features = part(CHANNELS, STEPS);
    Part each = part(CLASSES, STEPS);
    Layer last = each(RNNFormat.NCW);
    return List.of(
        of(
            "bidirectional",
            features,
            each,
            new Bidirectional(Bidirectional.Mode.MUL, lstm(4)),
            last),
        of(
            "the last step of both",
            features,
            part(CLASSES),
            new LastTimeStep(new Bidirectional(Bidirectional.Mode.CONCAT, lstm(4))),
            output()),
        of("plain cells", features, each, rnn(5), dense(4), rnn(3), last),
        of(
            "plain cells, an activation that needs its inputs",
            features,
            each,
            new Bidirectional(
                new SimpleRnn.Builder().nOut(4).activation(Activation.SOFTSIGN).build()),
            last),
        of("LSTMs both ways", features, each, bothWays(), bothWays(), last),
        of("dense layers of steps", features, each, dense(5), lstm(4), dense(6), last),
        of(
            "normalised steps",
            features,
            each,
            new DenseLayer.Builder().nOut(5).hasBias(false).build(),
            new BatchNormalization(),
            new ActivationLayer.Builder().activation(Activation.RELU).build(),
            last),
        of(
            "a loss of steps",
            features,
            each,
            lstm(4),
            dense(CLASSES),
            new RnnLossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build()),
        of(
            "a vector repeated",
            features,
            each,
            new LastTimeStep(lstm(4)),
            new RepeatVector.Builder<>().repetitionFactor(STEPS).build(),
            lstm(5),
            last),
        of(
            "pooling, padding and upsampling of sequences",
            features,
            part(CLASSES),
            new Convolution1DLayer.Builder(3, 1)
                .nOut(5)
                .convolutionMode(ConvolutionMode.Same)
                .build(),
            new Subsampling1DLayer.Builder(SubsamplingLayer.PoolingType.MAX, 2, 2).build(),
            new ZeroPadding1DLayer.Builder(1, 2).build(),
            new Convolution1DLayer.Builder(2, 1).nOut(4).build(),
            new Upsampling1D.Builder(2).build(),
            new Subsampling1DLayer.Builder(SubsamplingLayer.PoolingType.AVG, 2, 1).build(),
            new GlobalPoolingLayer.Builder(PoolingType.PNORM).pnorm(3).build(),
            output()));
  }

  @SuppressWarnings("deprecation") // As above.
  static List<OneDnnCase> channelsLast() {
    RNNFormat format = RNNFormat.NWC;
    InputType input = InputType.recurrent(CHANNELS, STEPS, format);
    LSTM lstm = new LSTM.Builder().nOut(5).dataFormat(format).build();
    Part labels = part(STEPS, CLASSES);
    Part features = part(STEPS, CHANNELS);
    return List.of(
        new OneDnnCase(
            "channels last",
            network(input, lstm, each(format)),
            new ExampleLayout(List.of(features), List.of(labels))),
        new OneDnnCase(
            "plain cells, channels last",
            network(
                input, new SimpleRnn.Builder().nOut(5).dataFormat(format).build(), each(format)),
            new ExampleLayout(List.of(features), List.of(labels))),
        new OneDnnCase(
            "LSTMs both ways, channels last",
            network(
                input,
                new GravesBidirectionalLSTM.Builder().nOut(5).dataFormat(format).build(),
                each(format)),
            new ExampleLayout(List.of(features), List.of(labels))),
        new OneDnnCase(
            "the last step, channels last",
            network(input, new LastTimeStep(lstm), output()),
            new ExampleLayout(List.of(features), List.of(part(CLASSES)))),
        new OneDnnCase(
            "bidirectional, channels last",
            network(input, new Bidirectional(Bidirectional.Mode.ADD, lstm), each(format)),
            new ExampleLayout(List.of(features), List.of(labels))),
        new OneDnnCase(
            "channels last, lengths",
            network(input, lstm, each(format)),
            new ExampleLayout(
                List.of(new Part(new ArrayShape(List.of(STEPS, CHANNELS), 0), null)),
                List.of(new Part(new ArrayShape(List.of(STEPS, CLASSES), 0), null)))));
  }
}
