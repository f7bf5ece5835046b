package dev.lockstep.table;

import dev.lockstep.models.ModelError;
import dev.lockstep.models.NetworkDefinition;
import java.util.List;
import java.util.OptionalInt;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;

/**
 * What a network takes and gives.
 *
 * @param inputs values of one example; unknown where the first layer is not dense
 * @param outputs values for one example
 */
public record NetworkShape(OptionalInt inputs, int outputs, NetworkTask task) {

  /**
   * Reads a network's configuration.
   *
   * @throws ModelError if it does not end in an output layer
   */
  public static NetworkShape of(NetworkDefinition network) {
    Layer last;
    OptionalInt inputs = OptionalInt.empty();
    if (network.graph()) {
      ComputationGraphConfiguration graph = ComputationGraphConfiguration.fromJson(network.json());
      last =
          graph.getVertices().get(graph.getNetworkOutputs().get(0)) instanceof LayerVertex vertex
              ? vertex.getLayerConf().getLayer()
              : null;
    } else {
      List<NeuralNetConfiguration> stack =
          MultiLayerConfiguration.fromJson(network.json()).getConfs();
      last = stack.get(stack.size() - 1).getLayer();
      inputs = inputs(stack.get(0).getLayer());
    }
    if (!(last instanceof BaseOutputLayer output) || output.getNOut() < 1) {
      throw new ModelError("the network does not end in an output layer that tells its size");
    }
    return new NetworkShape(
        inputs,
        Math.toIntExact(output.getNOut()),
        output.getActivationFn() instanceof ActivationSoftmax
            ? NetworkTask.CLASSIFICATION
            : NetworkTask.REGRESSION);
  }

  private static OptionalInt inputs(Layer first) {
    return first instanceof DenseLayer || first instanceof BaseOutputLayer
        ? OptionalInt.of(Math.toIntExact(((FeedForwardLayer) first).getNIn()))
        : OptionalInt.empty();
  }

  /**
   * Complains if the network is for something else.
   *
   * @throws ModelError naming what it needs
   */
  public void expect(NetworkTask expected) {
    if (task != expected) {
      throw new ModelError(
          expected == NetworkTask.CLASSIFICATION
              ? "the network has no softmax output: a classifier needs one, or use LockstepRegressor"
              : "the network has a softmax output: it is a classifier, use LockstepClassifier");
    }
  }
}
