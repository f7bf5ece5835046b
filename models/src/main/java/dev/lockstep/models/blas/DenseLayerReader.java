package dev.lockstep.models.blas;

import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.math.ActivationFunction;
import dev.lockstep.models.math.Dropout;
import dev.lockstep.models.math.Loss;
import dev.lockstep.models.math.TrainedParameter;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;

/** Reads one layer of DL4J's configuration. */
final class DenseLayerReader {
  private final int index;

  /** As configured, so perhaps frozen. */
  private final Layer outer;

  private final FeedForwardLayer layer;

  private DenseLayerReader(int index, Layer outer, FeedForwardLayer layer) {
    this.index = index;
    this.outer = outer;
    this.layer = layer;
  }

  static DenseLayerReader of(int index, Layer outer) throws UnsupportedNetwork {
    Layer layer = outer instanceof FrozenLayer frozen ? frozen.getLayer() : outer;
    // Exactly these classes, as a subclass may compute something else.
    if (layer.getClass() != DenseLayer.class && layer.getClass() != OutputLayer.class) {
      throw unsupported(index, layer, "this type of layer");
    }
    DenseLayerReader reader = new DenseLayerReader(index, outer, (FeedForwardLayer) layer);
    reader.check();
    return reader;
  }

  private static UnsupportedNetwork unsupported(int index, Layer layer, String what) {
    return new UnsupportedNetwork(
        "layer %d (%s): %s".formatted(index, layer.getClass().getSimpleName(), what));
  }

  private UnsupportedNetwork unsupported(String what) {
    return unsupported(index, layer, what);
  }

  private void check() throws UnsupportedNetwork {
    if (layer.getWeightNoise() != null) {
      throw unsupported("weight noise");
    }
    if (layer instanceof DenseLayer dense && dense.hasLayerNorm()) {
      throw unsupported("layer normalization");
    }
    if (layer.getNIn() < 1 || layer.getNOut() < 1) {
      throw unsupported("a layer of %d by %d".formatted(layer.getNIn(), layer.getNOut()));
    }
  }

  private boolean hasBias() {
    return layer instanceof DenseLayer dense ? dense.hasBias() : ((OutputLayer) layer).hasBias();
  }

  void checkHidden() throws UnsupportedNetwork {
    if (layer instanceof OutputLayer) {
      throw unsupported("an output layer before the last layer");
    }
  }

  /**
   * @param start where the layer's parameters start
   */
  DenseStack.Layer layer(int start) throws UnsupportedNetwork {
    if (start + (layer.getNIn() + 1) * layer.getNOut() > NativeFloats.MOST) {
      throw unsupported("a layer as large as %d by %d".formatted(layer.getNIn(), layer.getNOut()));
    }
    boolean frozen = outer instanceof FrozenLayer;
    return new DenseStack.Layer(
        Math.toIntExact(layer.getNIn()),
        Math.toIntExact(layer.getNOut()),
        hasBias(),
        frozen,
        named(() -> ActivationFunction.of(layer.getActivationFn())),
        // A frozen layer computes as in prediction.
        frozen ? null : named(() -> Dropout.of(layer.getIDropout()).orElse(null)),
        start);
  }

  /** The layer's arrays, in their order in the parameter vector. */
  List<TrainedParameter> parameters(DenseStack.Layer read) throws UnsupportedNetwork {
    List<TrainedParameter> parameters = new ArrayList<>();
    parameters.add(
        parameter(DefaultParamInitializer.WEIGHT_KEY, read.start(), read.inputs(), read.outputs()));
    if (read.biased()) {
      parameters.add(
          parameter(DefaultParamInitializer.BIAS_KEY, read.biasStart(), 1, read.outputs()));
    }
    return parameters;
  }

  private TrainedParameter parameter(String name, int start, int... shape)
      throws UnsupportedNetwork {
    return named(
        () ->
            TrainedParameter.of(
                String.valueOf(index), outer, name, start, TrainedParameter.Order.F, shape));
  }

  Loss loss() throws UnsupportedNetwork {
    if (layer instanceof OutputLayer output) {
      return named(() -> Loss.of(output.getLossFn(), layer.getActivationFn()));
    }
    throw unsupported("a last layer that is no output layer");
  }

  private interface Part<T> {
    T read() throws UnsupportedNetwork;
  }

  /** What a part cannot express, told of this layer. */
  private <T> T named(Part<T> part) throws UnsupportedNetwork {
    try {
      return part.read();
    } catch (UnsupportedNetwork e) {
      throw unsupported(e.getMessage());
    }
  }
}
