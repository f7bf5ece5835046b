package dev.lockstep.models.onnx;

import static java.util.Map.entry;

import dev.lockstep.models.UnsupportedNetwork;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
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
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.Pooling1D;
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
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.util.MaskLayer;

/** The kinds of layers that have an ONNX form, by exact class: a subclass may compute another. */
final class LayerWriters {
  /** Adds a layer's nodes, as they are when nothing is trained: dropout and noise are left out. */
  private interface Writer<L extends Layer> {
    Value write(LayerScope scope, L layer, Value from) throws UnsupportedNetwork;
  }

  @SuppressWarnings("deprecation") // Some are, but people have them.
  private static final Map<Class<? extends Layer>, Writer<?>> KINDS =
      Map.ofEntries(
          known(ConvolutionLayer.class, Convolutions::plain),
          known(Convolution2D.class, Convolutions::plain),
          known(DepthwiseConvolution2D.class, Convolutions::depthwise),
          known(SeparableConvolution2D.class, Convolutions::separable),
          known(Deconvolution2D.class, Convolutions::transposed),
          known(Convolution1DLayer.class, Convolutions::ofSteps),
          known(Convolution1D.class, Convolutions::ofSteps),
          known(SubsamplingLayer.class, Poolings::windows),
          known(Pooling2D.class, Poolings::windows),
          known(Subsampling1DLayer.class, Poolings::windows),
          known(Pooling1D.class, Poolings::windows),
          known(GlobalPoolingLayer.class, Poolings::whole),
          known(ZeroPaddingLayer.class, Places::padded),
          known(ZeroPadding1DLayer.class, Places::padded),
          known(Upsampling2D.class, Places::enlarged),
          known(Upsampling1D.class, Places::enlarged),
          known(BatchNormalization.class, RowLayers::normalised),
          known(DenseLayer.class, RowLayers::dense),
          known(OutputLayer.class, RowLayers::output),
          known(RnnOutputLayer.class, RowLayers::output),
          known(LossLayer.class, RowLayers::loss),
          known(RnnLossLayer.class, RowLayers::loss),
          known(CnnLossLayer.class, RowLayers::loss),
          known(ActivationLayer.class, RowLayers::activation),
          known(DropoutLayer.class, (scope, layer, from) -> from),
          known(EmbeddingLayer.class, Embeddings::single),
          known(EmbeddingSequenceLayer.class, Embeddings::sequence),
          known(LSTM.class, RecurrentLayers::lstm),
          known(GravesLSTM.class, RecurrentLayers::lstm),
          known(GravesBidirectionalLSTM.class, RecurrentLayers::bothDirections),
          known(SimpleRnn.class, RecurrentLayers::simple),
          known(Bidirectional.class, RecurrentLayers::bidirectional),
          known(LastTimeStep.class, RecurrentLayers::lastStep),
          known(RepeatVector.class, RecurrentLayers::repeated),
          known(MaskLayer.class, (scope, layer, from) -> from),
          known(FrozenLayer.class, (scope, layer, from) -> write(scope, layer.getLayer(), from)),
          known(
              FrozenLayerWithBackprop.class,
              (scope, layer, from) -> write(scope, layer.getUnderlying(), from)));

  private LayerWriters() {}

  private static <L extends Layer> Map.Entry<Class<? extends Layer>, Writer<?>> known(
      Class<L> kind, Writer<L> writer) {
    return entry(kind, writer);
  }

  /** The layer's value, of one before it. */
  static Value write(LayerScope scope, Layer layer, Value from) throws UnsupportedNetwork {
    Writer<?> writer = KINDS.get(layer.getClass());
    if (writer == null) {
      throw scope.unsupported(
          layer.getClass().getSimpleName().equals(scope.kind())
              ? "this type of layer"
              : "a %s inside".formatted(layer.getClass().getSimpleName()));
    }
    return write(scope, writer, layer, from);
  }

  @SuppressWarnings("unchecked") // The map's entries are made by known().
  private static <L extends Layer> Value write(
      LayerScope scope, Writer<L> writer, Layer layer, Value from) throws UnsupportedNetwork {
    return writer.write(scope, (L) layer, from);
  }
}
