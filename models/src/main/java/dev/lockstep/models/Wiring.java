package dev.lockstep.models;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/**
 * What DL4J's JSON may lack without DL4J noticing before it computes, or ever: parts of layers, and
 * layers that do not fit each other.
 */
final class Wiring {
  private Wiring() {}

  /**
   * Looks at all layers of a stack.
   *
   * @throws ModelError naming the one that is wrong
   */
  static void expect(MultiLayerConfiguration stack) {
    List<NeuralNetConfiguration> layers = stack.getConfs();
    if (layers == null || layers.isEmpty()) {
      throw new ModelError("expected layers, found none");
    }
    Layer before = null;
    int numberBefore = 0;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i) == null ? null : layers.get(i).getLayer();
      String name = layer == null ? "layer " + i : name(i, layer);
      expectWhole(layer, name);
      boolean adapted = stack.getInputPreProcess(i) != null;
      if (!adapted && before != null && isDense(before) && isDense(layer)) {
        long outputs = ((FeedForwardLayer) before).getNOut();
        long inputs = ((FeedForwardLayer) layer).getNIn();
        if (outputs != inputs) {
          throw new ModelError(
              "%s: expected %d inputs, as many as %s has outputs, found %d"
                  .formatted(name, outputs, name(numberBefore, before), inputs));
        }
      }
      if (!(layer instanceof ActivationLayer || layer instanceof DropoutLayer) || adapted) {
        before = layer;
        numberBefore = i;
      }
    }
  }

  /**
   * Looks at all vertices of a graph.
   *
   * @throws ModelError naming the one that is wrong
   */
  static void expect(ComputationGraphConfiguration graph) {
    Map<String, GraphVertex> vertices = graph.getVertices();
    if (vertices == null || vertices.isEmpty()) {
      throw new ModelError("expected vertices, found none");
    }
    if (graph.getNetworkInputs() == null || graph.getNetworkInputs().isEmpty()) {
      throw new ModelError("expected networkInputs, found none");
    }
    if (graph.getNetworkOutputs() == null || graph.getNetworkOutputs().isEmpty()) {
      throw new ModelError("expected networkOutputs, found none");
    }
    if (graph.getDefaultConfiguration() == null) {
      throw new ModelError("expected a defaultConfiguration, found none");
    }
    for (String output : graph.getNetworkOutputs()) {
      if (!vertices.containsKey(output)) {
        throw new ModelError("networkOutputs: there is no vertex " + output);
      }
    }
    vertices.forEach((name, vertex) -> expect(name, vertex, graph));
  }

  private static void expect(String name, GraphVertex vertex, ComputationGraphConfiguration graph) {
    if (vertex instanceof LayerVertex layer) {
      expectWhole(
          layer.getLayerConf() == null ? null : layer.getLayerConf().getLayer(), "vertex " + name);
    }
    List<String> inputs =
        graph.getVertexInputs() == null ? null : graph.getVertexInputs().get(name);
    if (inputs == null || inputs.isEmpty()) {
      throw new ModelError("vertex %s: expected vertexInputs, found none".formatted(name));
    }
    for (String input : inputs) {
      if (!graph.getVertices().containsKey(input) && !graph.getNetworkInputs().contains(input)) {
        throw new ModelError("vertex %s: there is no vertex or input %s".formatted(name, input));
      }
    }
  }

  private static void expectWhole(Layer layer, String name) {
    missing(layer)
        .ifPresent(
            part -> {
              throw new ModelError("%s: expected %s, found none".formatted(name, part));
            });
  }

  private static Optional<String> missing(Layer layer) {
    if (layer == null) {
      return Optional.of("a layer");
    }
    boolean losing =
        layer instanceof BaseOutputLayer output && output.getLossFn() == null
            || layer instanceof LossLayer loss && loss.getLossFn() == null;
    if (losing) {
      return Optional.of("a loss (lossFn)");
    }
    boolean weighted =
        layer instanceof DenseLayer
            || layer instanceof ConvolutionLayer
            || layer instanceof BaseOutputLayer
            || layer instanceof BaseRecurrentLayer;
    if (weighted && ((BaseLayer) layer).getActivationFn() == null) {
      return Optional.of("an activation (activationFn)");
    }
    if (weighted && ((BaseLayer) layer).getWeightInitFn() == null) {
      return Optional.of("a rule for initial weights (weightInitFn)");
    }
    return layer instanceof SubsamplingLayer pooling && pooling.getPoolingType() == null
        ? Optional.of("a kind of pooling (poolingType)")
        : Optional.empty();
  }

  private static boolean isDense(Layer layer) {
    return layer instanceof DenseLayer || layer instanceof OutputLayer;
  }

  private static String name(int number, Layer layer) {
    return "layer %d (%s)".formatted(number, layer.getClass().getSimpleName());
  }
}
