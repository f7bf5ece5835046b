package dev.lockstep.models.network;

import dev.lockstep.models.NetworkDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * A network's layers, how they are joined, and where each parameter is in the flattened vector:
 * what there is to show of a network, of either kind.
 *
 * @param inputs names of what goes in
 * @param nodes in an order in which each comes after what it reads
 */
public record NetworkOutline(List<String> inputs, List<Node> nodes) {

  /**
   * A layer, or what joins layers.
   *
   * @param name its number in a stack, its name in a graph
   * @param title what a stack's author calls it; empty if nothing, and in a graph
   * @param kind such as DenseLayer
   * @param inputs the names of what it reads
   * @param activation such as softmax; empty if it has none
   * @param loss such as LossMSE; empty but for output layers
   * @param parameters in their order in the flattened vector
   * @param updater what its learning rate comes from; empty if it has no parameters
   * @param frozen whether it stays as it is when the network is trained
   */
  public record Node(
      String name,
      Optional<String> title,
      String kind,
      List<String> inputs,
      Optional<String> activation,
      Optional<String> loss,
      List<Parameter> parameters,
      Optional<IUpdater> updater,
      boolean frozen) {}

  /**
   * A slice of the flattened parameters.
   *
   * @param name such as W or b
   * @param offset of its first value
   * @param length how many values
   * @param shape as DL4J has it, the first dimension varying fastest
   */
  public record Parameter(String name, int offset, int length, List<Long> shape) {}

  public static NetworkOutline of(NetworkDefinition definition) {
    Model network = definition.newNetwork();
    Map<String, List<Parameter>> parameters = parameters(network.paramTable());
    return network instanceof ComputationGraph graph
        ? ofGraph(graph, parameters)
        : ofStack((MultiLayerNetwork) network, parameters);
  }

  private static Map<String, List<Parameter>> parameters(Map<String, INDArray> table) {
    Map<String, List<Parameter>> byLayer = new LinkedHashMap<>();
    table.forEach(
        (key, values) -> {
          int split = key.lastIndexOf('_');
          byLayer
              .computeIfAbsent(key.substring(0, split), layer -> new ArrayList<>())
              .add(
                  new Parameter(
                      key.substring(split + 1),
                      Math.toIntExact(values.offset()),
                      Math.toIntExact(values.length()),
                      Arrays.stream(values.shape()).boxed().toList()));
        });
    return byLayer;
  }

  private static NetworkOutline ofStack(
      MultiLayerNetwork network, Map<String, List<Parameter>> parameters) {
    List<Node> nodes = new ArrayList<>();
    String before = "input";
    for (int i = 0; i < network.getnLayers(); i++) {
      String name = String.valueOf(i);
      nodes.add(node(name, network.getLayer(i), List.of(before), parameters));
      before = name;
    }
    return new NetworkOutline(List.of("input"), nodes);
  }

  private static NetworkOutline ofGraph(
      ComputationGraph network, Map<String, List<Parameter>> parameters) {
    List<String> inputs = network.getConfiguration().getNetworkInputs();
    List<Node> nodes = new ArrayList<>();
    for (int index : network.topologicalSortOrder()) {
      GraphVertex vertex = network.getVertices()[index];
      String name = vertex.getVertexName();
      if (!inputs.contains(name)) {
        List<String> reads = network.getConfiguration().getVertexInputs().get(name);
        nodes.add(
            vertex.hasLayer()
                ? node(name, vertex.getLayer(), reads, parameters)
                : joint(name, vertex.getClass().getSimpleName(), reads));
      }
    }
    return new NetworkOutline(inputs, nodes);
  }

  private static Node joint(String name, String kind, List<String> inputs) {
    return new Node(
        name,
        Optional.empty(),
        kind,
        inputs,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        false);
  }

  private static Node node(
      String name, Layer layer, List<String> inputs, Map<String, List<Parameter>> parameters) {
    org.deeplearning4j.nn.conf.layers.Layer configuration = layer.conf().getLayer();
    List<Parameter> own = parameters.getOrDefault(name, List.of());
    String title = String.valueOf(configuration.getLayerName());
    return new Node(
        name,
        // DL4J itself calls them layer0, layer1 ….
        List.of(name, "layer" + name, "null").contains(title)
            ? Optional.empty()
            : Optional.of(title),
        configuration.getClass().getSimpleName(),
        inputs,
        // BatchNormalization has one that it inherits, and does not use.
        configuration instanceof BaseLayer base && !(configuration instanceof BatchNormalization)
            ? Optional.ofNullable(base.getActivationFn()).map(Object::toString)
            : Optional.empty(),
        layer instanceof IOutputLayer && configuration instanceof BaseOutputLayer output
            ? Optional.of(output.getLossFn().getClass().getSimpleName())
            : Optional.empty(),
        own,
        own.stream()
            .findFirst()
            .map(parameter -> configuration.getUpdaterByParam(parameter.name())),
        layer instanceof FrozenLayer);
  }

  /**
   * The learning rate of each layer that has one.
   *
   * @param updates how many have been made, as schedules count them
   */
  public Map<String, Double> learningRates(int updates) {
    Map<String, Double> rates = new LinkedHashMap<>();
    for (Node node : nodes) {
      node.updater()
          .filter(IUpdater::hasLearningRate)
          .ifPresent(updater -> rates.put(node.name(), updater.getLearningRate(updates, 0)));
    }
    return rates;
  }
}
