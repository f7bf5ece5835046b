package dev.lockstep.models;

import java.io.Serializable;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network without its parameters, as executors receive it: DL4J's own JSON.
 *
 * @param graph whether the JSON is of a {@code ComputationGraph}, else of a {@code
 *     MultiLayerNetwork}
 */
public record NetworkDefinition(String json, boolean graph) implements Serializable {

  /** Of DL4J's JSON, which of the two kinds of network it may be. */
  public static NetworkDefinition ofJson(String json) {
    return new NetworkDefinition(json, json.contains("\"networkInputs\""));
  }

  public static NetworkDefinition of(MultiLayerConfiguration configuration) {
    return new NetworkDefinition(configuration.toJson(), false);
  }

  public static NetworkDefinition of(ComputationGraphConfiguration configuration) {
    return new NetworkDefinition(configuration.toJson(), true);
  }

  public static NetworkDefinition of(Model network) {
    if (network instanceof MultiLayerNetwork layers) {
      return of(layers.getLayerWiseConfigurations());
    }
    if (network instanceof ComputationGraph vertices) {
      return of(vertices.getConfiguration());
    }
    throw new IllegalArgumentException(
        "expected a MultiLayerNetwork or a ComputationGraph, found " + network.getClass());
  }

  /** What the arrays are called that it takes of an example; of a stack of layers, input. */
  public List<String> inputs() {
    return graph
        ? List.copyOf(ComputationGraphConfiguration.fromJson(json).getNetworkInputs())
        : List.of("input");
  }

  /** Whether the loss that trains it is a mean over the minibatch, else a sum. */
  public boolean dividesByMinibatch() {
    return graph
        ? ComputationGraphConfiguration.fromJson(json).getDefaultConfiguration().isMiniBatch()
        : MultiLayerConfiguration.fromJson(json).getConf(0).isMiniBatch();
  }

  /** Whether the name of a layer's class is in it, be it as part of another's. */
  public boolean names(Class<?> layer) {
    return json.contains(layer.getSimpleName());
  }

  /**
   * Makes sure that nothing is missing without which DL4J fails later, and that dense layers fit
   * each other.
   *
   * @throws ModelError naming the layer
   */
  public void expectWired() {
    if (graph) {
      Wiring.expect(ComputationGraphConfiguration.fromJson(json));
    } else {
      Wiring.expect(MultiLayerConfiguration.fromJson(json));
    }
  }

  /** A network of this definition with parameters drawn by DL4J from the configuration's seed. */
  public Model newNetwork() {
    Model network =
        graph
            ? new ComputationGraph(ComputationGraphConfiguration.fromJson(json))
            : new MultiLayerNetwork(MultiLayerConfiguration.fromJson(json));
    network.init();
    return network;
  }

  /**
   * A network of this definition.
   *
   * @param parameters float32 [1, parameterCount], which it uses in place
   */
  public Model newNetwork(INDArray parameters) {
    boolean copied = false;
    if (graph) {
      ComputationGraph network = new ComputationGraph(ComputationGraphConfiguration.fromJson(json));
      network.init(parameters, copied);
      return network;
    }
    MultiLayerNetwork network = new MultiLayerNetwork(MultiLayerConfiguration.fromJson(json));
    network.init(parameters, copied);
    return network;
  }
}
