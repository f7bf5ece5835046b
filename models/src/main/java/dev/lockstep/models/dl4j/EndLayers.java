package dev.lockstep.models.dl4j;

import dev.lockstep.models.ModelError;
import dev.lockstep.models.NetworkDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * What of a network the outside sees: the layer that reads its input, and what its last is called.
 *
 * @param name of the first layer, for messages
 * @param layer the first; null if something else than a layer reads the input
 * @param preprocessor what is done before it, or null
 * @param exit name of the last layer, for messages
 */
record EndLayers(String name, Layer layer, InputPreProcessor preprocessor, String exit) {

  /**
   * Looks at a network.
   *
   * @throws ModelError if it has several inputs or outputs
   */
  static EndLayers of(NetworkDefinition network) {
    return network.graph()
        ? of(ComputationGraphConfiguration.fromJson(network.json()))
        : of(MultiLayerConfiguration.fromJson(network.json()));
  }

  private static EndLayers of(MultiLayerConfiguration network) {
    int last = network.getConfs().size() - 1;
    Layer first = network.getConf(0).getLayer();
    return new EndLayers(
        name(0, first),
        first,
        network.getInputPreProcess(0),
        name(last, network.getConf(last).getLayer()));
  }

  private static EndLayers of(ComputationGraphConfiguration network) {
    String input = one(network.getNetworkInputs(), "input");
    String output = one(network.getNetworkOutputs(), "output");
    String exit = name(output, network);
    for (Map.Entry<String, List<String>> reader : network.getVertexInputs().entrySet()) {
      if (reader.getValue().equals(List.of(input))
          && network.getVertices().get(reader.getKey()) instanceof LayerVertex vertex) {
        Layer layer = vertex.getLayerConf().getLayer();
        return new EndLayers(name(reader.getKey(), layer), layer, vertex.getPreProcessor(), exit);
      }
    }
    return new EndLayers(input, null, null, exit);
  }

  private static String one(List<String> names, String what) {
    if (names.size() != 1) {
      throw new ModelError(
          "the network has %d %ss, %s: expected one"
              .formatted(names.size(), what, String.join(", ", names)));
    }
    return names.get(0);
  }

  private static String name(String vertex, ComputationGraphConfiguration network) {
    return network.getVertices().get(vertex) instanceof LayerVertex layer
        ? name(vertex, layer.getLayerConf().getLayer())
        : vertex;
  }

  private static String name(Object nameOrNumber, Layer layer) {
    return "layer %s (%s)".formatted(nameOrNumber, layer.getClass().getSimpleName());
  }

  /** Whether the network is made for input of this kind, whatever its size. */
  boolean takes(InputType type) {
    try {
      return layer == null || inputs(type) >= 0;
    } catch (RuntimeException e) {
      // What DL4J throws here is of many classes; all say that the layer does not take the kind.
      return false;
    }
  }

  /**
   * Complains if the first layer takes another number of values, or channels.
   *
   * @param data the shape of the example, for the message
   */
  void expectFits(InputType type, long... data) {
    if (layer instanceof FeedForwardLayer known && takes(type) && inputs(type) != known.getNIn()) {
      boolean picture =
          type.getType() == InputType.Type.CNN || type.getType() == InputType.Type.CNN3D;
      throw new ModelError(
          "%s: expected %d %s, found %d in examples of %s"
              .formatted(
                  name,
                  known.getNIn(),
                  picture ? "channels" : "inputs",
                  inputs(type),
                  Arrays.toString(data)));
    }
  }

  /** How many inputs the layer would have for this type; 0 if it does not count them. */
  private long inputs(InputType type) {
    InputType own = preprocessor == null ? type : preprocessor.getOutputType(type);
    if (layer.getPreProcessorForInputType(own) != null) {
      throw new IllegalArgumentException("another kind of input");
    }
    Layer fitted = layer.clone();
    fitted.setNIn(own, true);
    return fitted instanceof FeedForwardLayer counted ? counted.getNIn() : 0;
  }
}
