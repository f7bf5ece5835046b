package dev.lockstep.models.onnx;

import dev.lockstep.models.UnsupportedNetwork;
import java.util.List;
import onnx.Onnx.TensorProto;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;

/** Layers whose input are numbers of classes, as float32: a row of weights for each. */
final class Embeddings {
  private Embeddings() {}

  static Value single(LayerScope scope, EmbeddingLayer layer, Value from)
      throws UnsupportedNetwork {
    if (from.rank() != 1 || from.dims()[0] != 1) {
      throw scope.unsupported("an input of other than one number");
    }
    String row = scope.reshape(rows(scope, layer, from.name()), -1, layer.getNOut());
    Value value = new Value(row, InputType.feedForward(layer.getNOut()));
    return Activations.ofPlaces(scope, layer.getActivationFn(), value);
  }

  /** An example is [steps] or [1, steps]. */
  static Value sequence(LayerScope scope, EmbeddingSequenceLayer layer, Value from)
      throws UnsupportedNetwork {
    long[] dims = from.dims();
    boolean last = layer.getOutputFormat() == RNNFormat.NWC;
    if (dims.length > 2 || dims.length == 2 && (last || dims[0] != 1)) {
      throw scope.unsupported("an input of other than one number a step");
    }
    String numbers = from.name();
    if (dims.length == 2) {
      numbers = scope.add("Squeeze", List.of(numbers, scope.integers("axes", 1)));
    }
    String rows = scope.transpose(rows(scope, layer, numbers), 0, 2, 1);
    InputType type =
        InputType.recurrent(layer.getNOut(), dims[dims.length - 1], layer.getOutputFormat());
    return Activations.ofPlaces(scope, layer.getActivationFn(), new Value(rows, type));
  }

  /** [batch, numbers, channels] of [batch, numbers]. */
  private static String rows(LayerScope scope, FeedForwardLayer layer, String numbers) {
    String indices =
        scope.add("Cast", numbers, Attributes.of("to", TensorProto.DataType.INT64.getNumber()));
    String weights = scope.parameter("W", layer.getNIn(), layer.getNOut());
    String rows = scope.add("Gather", List.of(weights, indices), Attributes.of("axis", 0));
    return scope.has("b")
        ? scope.add("Add", List.of(rows, scope.parameter("b", layer.getNOut())))
        : rows;
  }
}
