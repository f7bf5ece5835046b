package dev.lockstep.models.onednn;

import static java.util.Map.entry;

import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.math.ActivationFunction;
import dev.lockstep.models.math.Dropout;
import dev.lockstep.models.math.Loss;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1D;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.Pooling2D;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** Reads layers of DL4J's configuration: each kind that is known, by its exact class. */
final class LayerReaders {
  /** Adds a layer's steps and gives the number of its value. */
  private interface Reader<L extends Layer> {
    int read(Reading reading, L layer, int from) throws UnsupportedNetwork;
  }

  // A subclass may compute something else. GravesLSTM is deprecated, but people have it.
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
          known(BatchNormalization.class, LayerReaders::normalization),
          known(DenseLayer.class, LayerReaders::dense),
          known(LSTM.class, RecurrentReaders::lstm),
          known(GravesLSTM.class, RecurrentReaders::lstm),
          known(Bidirectional.class, RecurrentReaders::bidirectional),
          known(LastTimeStep.class, RecurrentReaders::lastStep),
          known(ActivationLayer.class, LayerReaders::activation),
          known(DropoutLayer.class, (reading, layer, from) -> from));

  private static final Set<Class<? extends Layer>> ENDS =
      Set.of(OutputLayer.class, LossLayer.class, RnnOutputLayer.class);

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

  @SuppressWarnings("unchecked") // The map's entries are made by known().
  private static <L extends Layer> int read(
      Reading reading, Reader<L> reader, Layer layer, int from) throws UnsupportedNetwork {
    return reader.read(reading, (L) layer, from);
  }

  /** Computes as in prediction. */
  private static int frozen(Reading reading, Layer layer, int from, Head.Labels labels)
      throws UnsupportedNetwork {
    if (layer instanceof BatchNormalization || labels != null) {
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
    Optional<Dropout> known = reading.named(() -> Dropout.of(dropout));
    return known.isEmpty()
        ? from
        : reading.add(new Masking(known.get(), reading.steps().size()), reading.type(from), from);
  }

  private static int normalization(Reading reading, BatchNormalization layer, int from)
      throws UnsupportedNetwork {
    int rank = reading.dims(from).length;
    if (rank == 2 || layer.isLockGammaBeta() && (layer.getGamma() != 1 || layer.getBeta() != 0)) {
      throw reading.unsupported(
          rank == 2 ? "normalization of sequences" : "locked values other than 1 and 0");
    }
    boolean logarithmic = layer.isUseLogStd();
    return reading.add(
        new Normalization(
            Math.toIntExact(layer.getNOut()),
            reading.offset("gamma"),
            reading.offset("mean"),
            reading.offset(logarithmic ? "log10stdev" : "var"),
            logarithmic,
            (float) layer.getEps(),
            layer.getDecay(),
            false),
        reading.type(from),
        from);
  }

  private static int dense(Reading reading, DenseLayer layer, int from) throws UnsupportedNetwork {
    if (layer.hasLayerNorm()) {
      throw reading.unsupported("layer normalization");
    }
    return activated(reading, layer.getActivationFn(), product(reading, layer, from));
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
      // DL4J takes the softmax of other arrays along their last dimension, whatever that is.
      if (function instanceof ActivationSoftmax && reading.dims(from).length > 1) {
        throw reading.unsupported("the softmax of anything but a vector");
      }
      operation = new HeapActivation(reading.named(() -> ActivationFunction.of(function)));
    }
    return function instanceof ActivationIdentity
        ? from
        : reading.add(operation, reading.type(from), from);
  }

  private static int output(Reading reading, Layer layer, int from, Head.Labels labels)
      throws UnsupportedNetwork {
    if (labels == null) {
      throw reading.unsupported("an output layer before the last layer");
    }
    int value =
        layer instanceof RnnOutputLayer sequences
            ? RecurrentReaders.output(reading, sequences, from)
            : layer instanceof OutputLayer output ? product(reading, output, from) : from;
    IActivation activation =
        layer instanceof LossLayer end
            ? end.getActivationFn()
            : ((BaseOutputLayer) layer).getActivationFn();
    ILossFunction loss =
        layer instanceof LossLayer end ? end.getLossFn() : ((BaseOutputLayer) layer).getLossFn();
    reading.end(
        value,
        reading.named(() -> ActivationFunction.of(activation)),
        reading.named(() -> Loss.of(loss, activation)),
        labels);
    return value;
  }
}
