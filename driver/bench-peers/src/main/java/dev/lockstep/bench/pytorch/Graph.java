package dev.lockstep.bench.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.lockstep.bench.PeerTask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;

/** A network of DL4J's, built layer by layer of PyTorch's, from the same parameters. */
final class Graph {
  private static final String INPUT = "input";

  /** What a layer or a vertex computes. */
  interface Operation {
    NDArray apply(List<NDArray> inputs);
  }

  private record Node(String name, List<String> inputs, Operation operation) {}

  private final List<Node> nodes = new ArrayList<>();
  private final Parameters parameters;

  private Graph(Parameters parameters) {
    this.parameters = parameters;
  }

  /**
   * @throws UnsupportedOperationException naming what PyTorch is not asked for here
   */
  static Graph of(PeerTask task, NDManager manager) {
    Model network = task.definition().newNetwork();
    network.setParams(Nd4j.createFromArray(task.start().parameters()).reshape(1, -1));
    Graph graph = new Graph(new Parameters(network.paramTable(), manager));
    if (network instanceof ComputationGraph vertices) {
      graph.add(vertices);
    } else {
      graph.add((MultiLayerNetwork) network);
    }
    return graph;
  }

  private void add(MultiLayerNetwork network) {
    String last = INPUT;
    for (int layer = 0; layer < network.getnLayers(); layer++) {
      String name = String.valueOf(layer);
      add(name, List.of(last), network.getLayer(layer).conf().getLayer());
      last = name;
    }
  }

  private void add(ComputationGraph network) {
    Map<String, GraphVertex> vertices = network.getConfiguration().getVertices();
    String input = network.getConfiguration().getNetworkInputs().get(0);
    for (int index : network.topologicalSortOrder()) {
      String name = network.getVertices()[index].getVertexName();
      if (name.equals(input)) {
        continue;
      }
      List<String> inputs =
          network.getConfiguration().getVertexInputs().get(name).stream()
              .map(from -> from.equals(input) ? INPUT : from)
              .toList();
      GraphVertex vertex = vertices.get(name);
      if (vertex instanceof LayerVertex layer) {
        add(name, inputs, layer.getLayerConf().getLayer());
      } else if (vertex instanceof ElementWiseVertex sum
          && sum.getOp() == ElementWiseVertex.Op.Add) {
        nodes.add(
            new Node(name, inputs, arrays -> arrays.stream().reduce(NDArray::add).orElseThrow()));
      } else {
        throw new UnsupportedOperationException(
            "%s (%s)".formatted(name, vertex.getClass().getSimpleName()));
      }
    }
  }

  private void add(String name, List<String> inputs, Layer layer) {
    Operation operation = new Layers(name, parameters).of(layer);
    nodes.add(new Node(name, inputs, operation));
  }

  /** What the last layer computes, before its softmax. */
  NDArray forward(NDArray input) {
    Map<String, NDArray> outputs = new HashMap<>(Map.of(INPUT, input));
    NDArray last = input;
    for (Node node : nodes) {
      last = node.operation.apply(node.inputs.stream().map(outputs::get).toList());
      outputs.put(node.name, last);
    }
    return last;
  }

  /** Moves all parameters along their gradients, which begin anew. */
  void update() {
    parameters.update();
  }
}
