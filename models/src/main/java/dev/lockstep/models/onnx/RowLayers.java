package dev.lockstep.models.onnx;

import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.dl4j.InputTypes;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;

/** Layers of single rows, which sequences are taken as, step by step; and ends of networks. */
final class RowLayers {
  private RowLayers() {}

  static Value dense(LayerScope scope, DenseLayer layer, Value from) throws UnsupportedNetwork {
    if (layer.hasLayerNorm()) {
      throw scope.unsupported("layer normalization");
    }
    return activated(scope, layer, product(scope, layer, from));
  }

  static Value output(LayerScope scope, BaseOutputLayer layer, Value from)
      throws UnsupportedNetwork {
    expectRank(scope, from, layer instanceof RnnOutputLayer ? 2 : 1);
    return activated(scope, layer, product(scope, layer, from));
  }

  /** Of a layer that ends a network and has no weights. */
  static Value loss(LayerScope scope, FeedForwardLayer layer, Value from)
      throws UnsupportedNetwork {
    expectRank(
        scope, from, layer instanceof CnnLossLayer ? 3 : layer instanceof RnnLossLayer ? 2 : 1);
    return activated(scope, layer, from);
  }

  private static void expectRank(LayerScope scope, Value from, int rank) throws UnsupportedNetwork {
    if (from.rank() != rank) {
      throw scope.unsupported("an input of rank " + from.rank());
    }
  }

  private static Value activated(LayerScope scope, BaseLayer layer, Value from)
      throws UnsupportedNetwork {
    String name = Activations.of(scope, layer.getActivationFn(), from.name());
    return new Value(name, from.type());
  }

  static Value activation(LayerScope scope, ActivationLayer layer, Value from)
      throws UnsupportedNetwork {
    return Activations.ofPlaces(scope, layer.getActivationFn(), from);
  }

  /** The weighted sum; of a sequence, that of each step. */
  private static Value product(LayerScope scope, FeedForwardLayer layer, Value from)
      throws UnsupportedNetwork {
    long[] dims = from.dims();
    if (dims.length > 2) {
      throw scope.unsupported("an input of rank " + dims.length);
    }
    scope.expectChannels(layer.getNIn(), from);
    String weights = scope.parameter("W", layer.getNIn(), layer.getNOut());
    boolean steps = dims.length == 2;
    String rows = steps ? scope.transpose(from.name(), 0, 2, 1) : from.name();
    String sums = scope.add("MatMul", List.of(rows, weights));
    if (scope.has("b")) {
      sums = scope.add("Add", List.of(sums, scope.parameter("b", layer.getNOut())));
    }
    return new Value(
        steps ? scope.transpose(sums, 0, 2, 1) : sums,
        InputTypes.withChannels(from.type(), layer.getNOut()));
  }

  /** By the running statistics (Ioffe and Szegedy 2015). */
  static Value normalised(LayerScope scope, BatchNormalization layer, Value from)
      throws UnsupportedNetwork {
    int channels = Math.toIntExact(layer.getNOut());
    if (from.dims()[0] != channels) {
      throw scope.unsupported("expected %d channels, found %d".formatted(channels, from.dims()[0]));
    }
    String name =
        scope.add(
            "BatchNormalization",
            List.of(
                from.name(),
                scope.has("gamma")
                    ? scope.parameter("gamma", channels)
                    : scope.constant("gamma", all(channels, layer.getGamma()), channels),
                scope.has("beta")
                    ? scope.parameter("beta", channels)
                    : scope.constant("beta", all(channels, layer.getBeta()), channels),
                scope.parameter("mean", channels),
                layer.isUseLogStd()
                    ? scope.constant("var", variances(scope.values("log10stdev")), channels)
                    : scope.parameter("var", channels)),
            Attributes.of("epsilon", (float) layer.getEps()));
    return new Value(name, from.type());
  }

  private static float[] all(int length, double value) {
    float[] values = new float[length];
    Arrays.fill(values, (float) value);
    return values;
  }

  private static float[] variances(float[] logarithms) {
    float[] variances = new float[logarithms.length];
    for (int i = 0; i < variances.length; i++) {
      variances[i] = (float) Math.pow(10, 2.0 * logarithms[i]);
    }
    return variances;
  }
}
