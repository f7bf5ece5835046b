package dev.lockstep.models.onednn;

import static java.util.Map.entry;

import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.dl4j.InputTypes;
import dev.lockstep.models.math.ActivationFunction;
import dev.lockstep.models.math.InputNoise;
import dev.lockstep.models.math.Loss;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1D;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.Pooling2D;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling1D;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPadding1DLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.util.MaskLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** Reads layers of DL4J's configuration: each kind that is known, by its exact class. */
final class LayerReaders {
  /** Adds a layer's steps and gives the number of its value. */
  private interface Reader<L extends Layer> {
    int read(Reading reading, L layer, int from) throws UnsupportedNetwork;
  }

  // A subclass may compute something else. What is deprecated, people have nevertheless.
  @SuppressWarnings("deprecation")
  private static final Map<Class<? extends Layer>, Reader<?>> KINDS =
      Map.ofEntries(
          known(ConvolutionLayer.class, ConvolutionReaders::convolution),
          known(Convolution2D.class, ConvolutionReaders::convolution),
          known(DepthwiseConvolution2D.class, ConvolutionReaders::depthwise),
          known(SeparableConvolution2D.class, ConvolutionReaders::separable),
          known(Deconvolution2D.class, ConvolutionReaders::transposed),
          known(Convolution1DLayer.class, ConvolutionReaders::sequence),
          known(Convolution1D.class, ConvolutionReaders::sequence),
          known(SubsamplingLayer.class, ConvolutionReaders::pooling),
          known(Pooling2D.class, ConvolutionReaders::pooling),
          known(GlobalPoolingLayer.class, ConvolutionReaders::globalPooling),
          known(ZeroPaddingLayer.class, ConvolutionReaders::zeroPadding),
          known(Upsampling2D.class, ConvolutionReaders::upsampling),
          known(Subsampling1DLayer.class, ConvolutionReaders::pooling),
          known(Upsampling1D.class, ConvolutionReaders::upsampling),
          known(ZeroPadding1DLayer.class, ConvolutionReaders::zeroPadding),
          known(BatchNormalization.class, LayerReaders::normalization),
          known(DenseLayer.class, LayerReaders::dense),
          known(EmbeddingLayer.class, EmbeddingReaders::single),
          known(EmbeddingSequenceLayer.class, EmbeddingReaders::sequence),
          known(RepeatVector.class, RecurrentReaders::repetition),
          known(MaskLayer.class, (reading, layer, from) -> RecurrentReaders.counted(reading, from)),
          known(LSTM.class, RecurrentReaders::lstm),
          known(GravesLSTM.class, RecurrentReaders::lstm),
          known(GravesBidirectionalLSTM.class, RecurrentReaders::bothDirections),
          known(SimpleRnn.class, RecurrentReaders::plain),
          known(Bidirectional.class, RecurrentReaders::bidirectional),
          known(LastTimeStep.class, RecurrentReaders::lastStep),
          known(ActivationLayer.class, LayerReaders::activation),
          known(DropoutLayer.class, (reading, layer, from) -> from));

  private static final Set<Class<? extends Layer>> ENDS =
      Set.of(
          OutputLayer.class,
          LossLayer.class,
          RnnOutputLayer.class,
          RnnLossLayer.class,
          CnnLossLayer.class);

  /** What gives the same, or what DL4J does, where steps do not count. */
  @SuppressWarnings("deprecation") // As above.
  private static final Set<Class<? extends Layer>> MASKED =
      Set.of(
          LSTM.class,
          GravesLSTM.class,
          SimpleRnn.class,
          Bidirectional.class,
          LastTimeStep.class,
          DenseLayer.class,
          EmbeddingSequenceLayer.class,
          ActivationLayer.class,
          GlobalPoolingLayer.class,
          MaskLayer.class,
          RnnOutputLayer.class,
          RnnLossLayer.class);

  private LayerReaders() {}

  private static <L extends Layer> Map.Entry<Class<? extends Layer>, Reader<?>> known(
      Class<L> kind, Reader<L> reader) {
    return entry(kind, reader);
  }

  /**
   * @param labels of the output that the layer is, or null
   * @return the number of the layer's value
   */
  static int read(Reading reading, Layer layer, int from, Head.Labels labels)
      throws UnsupportedNetwork {
    if (layer instanceof FrozenLayer frozen) {
      return frozen(reading, frozen.getLayer(), from, labels);
    }
    expectMaskable(reading, layer, from);
    expectInputs(reading, layer, from);
    int value = dropout(reading, layer.getIDropout(), from);
    if (ENDS.contains(layer.getClass())) {
      return output(reading, layer, value, labels);
    }
    if (labels != null) {
      throw reading.unsupported("a last layer of this type");
    }
    Reader<?> reader = KINDS.get(layer.getClass());
    if (reader == null) {
      throw reading.unsupported("this type of layer");
    }
    return read(reading, reader, layer, value);
  }

  /** Parameters that are for other inputs would be read beyond their end. */
  private static void expectInputs(Reading reading, Layer layer, int from)
      throws UnsupportedNetwork {
    boolean numbers = layer instanceof EmbeddingLayer || layer instanceof EmbeddingSequenceLayer;
    if (layer instanceof FeedForwardLayer known && !numbers && known.getNIn() > 0) {
      long inputs = reading.dims(from)[0];
      if (inputs != known.getNIn()) {
        throw reading.unsupported(
            "expected %d inputs or channels, found %d".formatted(known.getNIn(), inputs));
      }
    }
  }

  private static void expectMaskable(Reading reading, Layer layer, int from)
      throws UnsupportedNetwork {
    boolean numbers = reading.dims(from).length == 1;
    if (reading.mask(from) != null
        && (!MASKED.contains(layer.getClass())
            || numbers && layer.getClass() != EmbeddingSequenceLayer.class)) {
      throw reading.unsupported("sequences of different lengths, or with a mask");
    }
  }

  @SuppressWarnings("unchecked") // The map's entries are made by known().
  private static <L extends Layer> int read(
      Reading reading, Reader<L> reader, Layer layer, int from) throws UnsupportedNetwork {
    return reader.read(reading, (L) layer, from);
  }

  /** Computes as in prediction. */
  private static int frozen(Reading reading, Layer layer, int from, Head.Labels labels)
      throws UnsupportedNetwork {
    if (labels != null) {
      throw reading.unsupported("a frozen layer of type " + layer.getClass().getSimpleName());
    }
    layer.setIDropout(null);
    int first = reading.steps().size();
    int value = read(reading, layer, from, labels);
    reading.freeze(first);
    return value;
  }

  private static int dropout(Reading reading, IDropout dropout, int from)
      throws UnsupportedNetwork {
    Optional<InputNoise> known = reading.named(() -> InputNoise.of(dropout));
    if (dropout instanceof SpatialDropout && reading.dims(from).length == 1) {
      throw reading.unsupported("dropout of channels of values without places");
    }
    return known.isEmpty()
        ? from
        : reading.add(new Masking(known.get(), reading.steps().size()), reading.type(from), from);
  }

  private static int normalization(Reading reading, BatchNormalization layer, int from)
      throws UnsupportedNetwork {
    if (layer.isLockGammaBeta() && (layer.getGamma() != 1 || layer.getBeta() != 0)) {
      throw reading.unsupported("locked values other than 1 and 0");
    }
    boolean logarithmic = layer.isUseLogStd();
    int rows = rows(reading, from);
    int value =
        reading.add(
            new Normalization(
                Math.toIntExact(layer.getNOut()),
                reading.offset("gamma"),
                reading.offset("mean"),
                reading.offset(logarithmic ? "log10stdev" : "var"),
                logarithmic,
                (float) layer.getEps(),
                layer.getDecay(),
                false,
                false),
            reading.type(rows),
            rows);
    return rows == from ? value : joined(reading, value, from);
  }

  /** Of sequences each step as a row; else the value itself. */
  private static int rows(Reading reading, int from) throws UnsupportedNetwork {
    long[] dims = reading.dims(from);
    return dims.length == 2
        ? reading.add(new StepRows(dims[0], dims[1], false), InputType.feedForward(dims[0]), from)
        : from;
  }

  /** Rows as the sequences that they came from, with what each now has. */
  private static int joined(Reading reading, int rows, int from) throws UnsupportedNetwork {
    long channels = reading.dims(rows)[0];
    int value =
        reading.add(
            new StepRows(channels, reading.dims(from)[1], true),
            InputTypes.withChannels(reading.type(from), channels),
            rows);
    reading.mask(value, reading.mask(from));
    return value;
  }

  private static int dense(Reading reading, DenseLayer layer, int from) throws UnsupportedNetwork {
    if (layer.hasLayerNorm()) {
      throw reading.unsupported("layer normalization");
    }
    int rows = rows(reading, from);
    int value = activated(reading, layer.getActivationFn(), product(reading, layer, rows));
    return rows == from ? value : RecurrentReaders.counted(reading, joined(reading, value, from));
  }

  /** The weighted sum of a dense or an output layer. */
  static int product(Reading reading, FeedForwardLayer layer, int from) throws UnsupportedNetwork {
    if (reading.dims(from).length != 1) {
      throw reading.unsupported("an input that is no vector");
    }
    return reading.add(
        new Dense(
            layer.getNIn(),
            layer.getNOut(),
            reading.offset("W"),
            reading.offset("b"),
            Eltwise.NONE),
        InputType.feedForward(layer.getNOut()),
        from);
  }

  private static int activation(Reading reading, ActivationLayer layer, int from)
      throws UnsupportedNetwork {
    return activated(reading, layer.getActivationFn(), from);
  }

  /** The activation of a value. */
  static int activated(Reading reading, IActivation function, int from) throws UnsupportedNetwork {
    Operation operation = Activation.of(function);
    if (operation == null) {
      ActivationFunction known = reading.named(() -> ActivationFunction.of(function));
      // DL4J takes the softmax of other arrays along their last dimension, whatever that is.
      if (known.ofRows() && reading.dims(from).length > 1) {
        throw reading.unsupported(
            "the activation %s of anything but a vector"
                .formatted(function.getClass().getSimpleName()));
      }
      operation = new HeapActivation(known, reading.steps().size());
    }
    return function.getClass() == ActivationIdentity.class
        ? from
        : reading.add(operation, reading.type(from), from);
  }

  private static int output(Reading reading, Layer layer, int from, Head.Labels labels)
      throws UnsupportedNetwork {
    if (labels == null) {
      throw reading.unsupported("an output layer before the last layer");
    }
    int rank = reading.dims(from).length;
    boolean sequences = layer instanceof RnnOutputLayer || layer instanceof RnnLossLayer;
    if (rank != (sequences ? 2 : layer instanceof CnnLossLayer ? 3 : 1)) {
      throw reading.unsupported("an input of rank " + rank);
    }
    if (layer instanceof RnnLossLayer && reading.mask(from) != null && labels.part().isPlain()) {
      throw reading.unsupported("features with a mask, labels without");
    }
    int value =
        layer instanceof RnnOutputLayer steps
            ? joined(reading, product(reading, steps, rows(reading, from)), from)
            : layer instanceof OutputLayer output ? product(reading, output, from) : from;
    IActivation activation = ((BaseLayer) layer).getActivationFn();
    ILossFunction loss = loss(layer);
    reading.end(
        value,
        reading.named(() -> ActivationFunction.of(activation)),
        reading.named(() -> Loss.of(loss, activation)),
        labels);
    return value;
  }

  private static ILossFunction loss(Layer layer) {
    if (layer instanceof LossLayer end) {
      return end.getLossFn();
    }
    if (layer instanceof RnnLossLayer end) {
      return end.getLossFn();
    }
    return layer instanceof CnnLossLayer end
        ? end.getLossFn()
        : ((BaseOutputLayer) layer).getLossFn();
  }
}
