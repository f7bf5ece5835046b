package dev.lockstep.models.network;

import dev.lockstep.models.NetworkDefinition;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * What is changed in a network's definition before it is trained; its layers stay.
 *
 * @param seed of the initial parameters
 * @param updater in place of the layers' own
 * @param learningRate for the updaters there are, in place of their own rate or schedule
 */
public record NetworkTuning(long seed, Optional<IUpdater> updater, OptionalDouble learningRate) {

  /** The network with these changes. */
  public NetworkDefinition apply(NetworkDefinition network) {
    return changed(network, this::tune);
  }

  /** The network with a change of each of its layers' configurations. */
  static NetworkDefinition changed(
      NetworkDefinition network, Consumer<NeuralNetConfiguration> change) {
    if (network.graph()) {
      ComputationGraphConfiguration graph = ComputationGraphConfiguration.fromJson(network.json());
      change.accept(graph.getDefaultConfiguration());
      graph.getVertices().values().stream()
          .filter(LayerVertex.class::isInstance)
          .forEach(vertex -> change.accept(((LayerVertex) vertex).getLayerConf()));
      return NetworkDefinition.of(graph);
    }
    MultiLayerConfiguration stack = MultiLayerConfiguration.fromJson(network.json());
    stack.getConfs().forEach(change);
    return NetworkDefinition.of(stack);
  }

  private void tune(NeuralNetConfiguration configuration) {
    configuration.setSeed(seed);
    trained(
        configuration.getLayer(),
        layer -> {
          layer.setIUpdater(tuned(layer.getIUpdater()));
          layer.setBiasUpdater(tuned(layer.getBiasUpdater()));
        });
  }

  /** A layer may be wrapped in others. */
  static void trained(Layer layer, Consumer<BaseLayer> change) {
    if (layer instanceof BaseLayer known) {
      change.accept(known);
    } else if (layer instanceof BaseWrapperLayer wrapper) {
      trained(wrapper.getUnderlying(), change);
    } else if (layer instanceof Bidirectional both) {
      trained(both.getFwd(), change);
      trained(both.getBwd(), change);
    }
  }

  private IUpdater tuned(IUpdater own) {
    if (own == null || updater.isPresent()) {
      return own == null ? null : updater.get();
    }
    if (learningRate.isEmpty() || !own.hasLearningRate()) {
      return own;
    }
    IUpdater tuned = own.clone();
    tuned.setLrAndSchedule(learningRate.getAsDouble(), null);
    return tuned;
  }
}
