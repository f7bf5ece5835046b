package dev.lockstep.models.dl4j;

import dev.lockstep.models.UnsupportedNetwork;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** What DL4J calls an array of an example: its dimensions, and whether channels come last in it. */
public final class InputTypes {
  private InputTypes() {}

  /**
   * DL4J's name for an array of this shape.
   *
   * @throws UnsupportedNetwork if it has more than three dimensions
   */
  public static InputType of(List<Integer> shape, boolean channelsLast) throws UnsupportedNetwork {
    return switch (shape.size()) {
      case 1 -> InputType.feedForward(shape.get(0));
      case 2 ->
          channelsLast
              ? InputType.recurrent(shape.get(1), shape.get(0), RNNFormat.NWC)
              : InputType.recurrent(shape.get(0), shape.get(1), RNNFormat.NCW);
      case 3 ->
          channelsLast
              ? InputType.convolutional(shape.get(0), shape.get(1), shape.get(2), CNN2DFormat.NHWC)
              : InputType.convolutional(shape.get(1), shape.get(2), shape.get(0), CNN2DFormat.NCHW);
      default -> throw new UnsupportedNetwork("an example of shape " + shape);
    };
  }

  /**
   * The dimensions of an example's value of a type, channels first.
   *
   * @throws UnsupportedNetwork if it is no row, sequence or picture
   */
  public static long[] dims(InputType type) throws UnsupportedNetwork {
    if (type instanceof InputType.InputTypeConvolutional picture) {
      return new long[] {picture.getChannels(), picture.getHeight(), picture.getWidth()};
    }
    if (type instanceof InputType.InputTypeRecurrent sequence) {
      return new long[] {sequence.getSize(), sequence.getTimeSeriesLength()};
    }
    if (type instanceof InputType.InputTypeFeedForward flat) {
      return new long[] {flat.getSize()};
    }
    if (type instanceof InputType.InputTypeConvolutionalFlat flat) {
      return new long[] {flat.getFlattenedSize()};
    }
    throw new UnsupportedNetwork("a network with values of type " + type);
  }

  /** Whether channels come last in an array of a type. */
  public static boolean channelsLast(InputType type) {
    return type instanceof InputType.InputTypeConvolutional picture
            && picture.getFormat() == CNN2DFormat.NHWC
        || type instanceof InputType.InputTypeRecurrent sequence
            && sequence.getFormat() == RNNFormat.NWC;
  }

  /** The same type with another number of channels. */
  public static InputType withChannels(InputType type, long channels) {
    if (type instanceof InputType.InputTypeConvolutional picture) {
      return InputType.convolutional(
          picture.getHeight(), picture.getWidth(), channels, picture.getFormat());
    }
    return type instanceof InputType.InputTypeRecurrent sequence
        ? InputType.recurrent(channels, sequence.getTimeSeriesLength(), sequence.getFormat())
        : InputType.feedForward(channels);
  }

  /**
   * Whether channels come last in the arrays that a network takes: what the layers say that have a
   * format, as DL4J knows none of the arrays'.
   *
   * @throws UnsupportedNetwork if some say so and others do not
   */
  public static boolean channelsLast(Model network) throws UnsupportedNetwork {
    Layer[] layers =
        network instanceof ComputationGraph graph
            ? graph.getLayers()
            : ((MultiLayerNetwork) network).getLayers();
    boolean last = false;
    boolean first = false;
    for (Layer layer : layers) {
      Object format = format(layer.conf().getLayer());
      last |= format == CNN2DFormat.NHWC || format == RNNFormat.NWC;
      first |= format == CNN2DFormat.NCHW || format == RNNFormat.NCW;
    }
    if (last && first) {
      throw new UnsupportedNetwork("a network with channels first and last");
    }
    return last;
  }

  /** The same; what is given where layers differ. */
  static boolean channelsLastOr(Model network, boolean otherwise) {
    try {
      return channelsLast(network);
    } catch (UnsupportedNetwork e) {
      return otherwise;
    }
  }

  private static Object format(org.deeplearning4j.nn.conf.layers.Layer layer) {
    if (layer instanceof BaseWrapperLayer known) {
      return format(known.getUnderlying());
    }
    if (layer instanceof FrozenLayer known) {
      return format(known.getLayer());
    }
    if (layer instanceof BatchNormalization known) {
      // Of sequences and rows it says that they come first, whatever they do.
      return known.getCnn2DFormat() == CNN2DFormat.NHWC ? CNN2DFormat.NHWC : null;
    }
    if (layer instanceof Bidirectional known) {
      return format(known.getFwd());
    }
    if (layer instanceof BaseRecurrentLayer known) {
      return known.getRnnDataFormat();
    }
    if (layer instanceof RnnOutputLayer known) {
      return known.getRnnDataFormat();
    }
    if (layer instanceof RnnLossLayer known) {
      return known.getRnnDataFormat();
    }
    if (layer instanceof CnnLossLayer known) {
      return known.getFormat();
    }
    if (layer instanceof EmbeddingSequenceLayer known) {
      return known.getOutputFormat();
    }
    if (layer instanceof Convolution1DLayer known) {
      return known.getRnnDataFormat();
    }
    if (layer instanceof ConvolutionLayer known) {
      return known.getCnn2dDataFormat();
    }
    if (layer instanceof SubsamplingLayer known) {
      return known.getCnn2dDataFormat();
    }
    if (layer instanceof Upsampling2D known) {
      return known.getFormat();
    }
    if (layer instanceof ZeroPaddingLayer known) {
      return known.getDataFormat();
    }
    return null;
  }
}
