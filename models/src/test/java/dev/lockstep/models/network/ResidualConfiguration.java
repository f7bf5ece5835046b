package dev.lockstep.models.network;

import static dev.lockstep.models.network.ExampleConfigurations.convolution;
import static dev.lockstep.models.network.ExampleConfigurations.named;

import dev.lockstep.models.NetworkDefinition;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Nesterovs;

/**
 * The residual network for CIFAR-10 of He, Zhang, Ren and Sun 2016, section 4.2, of 6 n + 2 layers,
 * with momentum 0.9, learning rate 0.1 and weights decayed by 1e-4 as there. Where maps double, the
 * shortcut is a projection (their option B; for CIFAR they pad with zeros, which saves 2,752 of
 * ResNet-20's parameters).
 */
final class ResidualConfiguration {
  private static final int STAGES = 3;
  private static final int FIRST_MAPS = 16;

  private final GraphBuilder graph;
  private int blocks;

  private ResidualConfiguration(GraphBuilder graph) {
    this.graph = graph;
  }

  /**
   * @param depth residual blocks in each of three stages
   */
  static NetworkDefinition of(int depth) {
    GraphBuilder graph =
        ExampleConfigurations.builder(new Nesterovs(0.1, 0.9))
            .l2(5e-4)
            .graphBuilder()
            .addInputs("input")
            .setInputTypes(InputType.convolutional(32, 32, 3));
    return new ResidualConfiguration(graph).build(depth);
  }

  private NetworkDefinition build(int depth) {
    String last = relu("stem", normalised("stem", "input", 3, 1, FIRST_MAPS));
    for (int stage = 0; stage < STAGES; stage++) {
      for (int block = 0; block < depth; block++) {
        boolean narrows = stage > 0 && block == 0;
        last = block(last, narrows ? 2 : 1, FIRST_MAPS << stage);
      }
    }
    graph
        .addLayer("mean", named("mean", new GlobalPoolingLayer.Builder(PoolingType.AVG)), last)
        .addLayer("output", ExampleConfigurations.output(), "mean")
        .setOutputs("output");
    return NetworkDefinition.of(graph.build());
  }

  private String block(String input, int stride, int maps) {
    String name = "block" + ++blocks;
    String first = relu(name + "-1", normalised(name + "-1", input, 3, stride, maps));
    String second = normalised(name + "-2", first, 3, 1, maps);
    String shortcut = stride == 1 ? input : normalised(name + "-short", input, 1, stride, maps);
    graph.addVertex(
        name + "-sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), second, shortcut);
    return relu(name, name + "-sum");
  }

  private String normalised(String name, String input, int side, int stride, int maps) {
    String convolution = name + "-conv";
    String normalisation = name + "-norm";
    graph.addLayer(convolution, named(convolution, convolution(side, stride, maps)), input);
    graph.addLayer(
        normalisation, named(normalisation, new BatchNormalization.Builder()), convolution);
    return normalisation;
  }

  private String relu(String name, String input) {
    String relu = name + "-relu";
    graph.addLayer(
        relu, named(relu, new ActivationLayer.Builder().activation(Activation.RELU)), input);
    return relu;
  }
}
