package dev.lockstep.models.onednn;

import dev.lockstep.models.UnsupportedNetwork;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Whether channels come first or last in the arrays that a network takes. */
final class Formats {
  private Formats() {}

  /** What the layers say that have a format: DL4J knows none of the arrays'. */
  static boolean channelsLast(Model network) throws UnsupportedNetwork {
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

  private static Object format(org.deeplearning4j.nn.conf.layers.Layer layer) {
    if (layer instanceof BaseWrapperLayer known) {
      return format(known.getUnderlying());
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

  /** DL4J's name for an array of this shape. */
  static InputType type(List<Integer> shape, boolean channelsLast) throws UnsupportedNetwork {
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
}
