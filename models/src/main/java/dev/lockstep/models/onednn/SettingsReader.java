package dev.lockstep.models.onednn;

import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.math.GradientReduction;
import dev.lockstep.models.math.TrainedParameter;
import dev.lockstep.models.math.TrainedParameter.Order;
import dev.lockstep.models.math.UpdateSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Reads how a network's parameters are updated. */
final class SettingsReader {
  private SettingsReader() {}

  static UpdateSettings read(Model network) throws UnsupportedNetwork {
    List<Map.Entry<String, INDArray>> arrays = new ArrayList<>(network.paramTable().entrySet());
    arrays.sort(Comparator.comparing(entry -> entry.getValue().offset()));
    List<TrainedParameter> parameters = new ArrayList<>();
    boolean mean = true;
    for (Map.Entry<String, INDArray> entry : arrays) {
      String key = entry.getKey();
      // A graph's names may have an underscore in them, the parameters' have not.
      int split = network instanceof ComputationGraph ? key.lastIndexOf('_') : key.indexOf('_');
      String name = key.substring(0, split);
      NeuralNetConfiguration configuration = configuration(network, name);
      mean = configuration.isMiniBatch();
      parameters.add(parameter(name, configuration, key.substring(split + 1), entry.getValue()));
    }
    return new UpdateSettings(parameters, mean ? GradientReduction.MEAN : GradientReduction.SUM);
  }

  private static NeuralNetConfiguration configuration(Model network, String name) {
    // Not that of the layer itself, which knows nothing of what it is wrapped in.
    return network instanceof ComputationGraph graph
        ? ((LayerVertex) graph.getConfiguration().getVertices().get(name)).getLayerConf()
        : ((MultiLayerNetwork) network)
            .getLayerWiseConfigurations()
            .getConf(Integer.parseInt(name));
  }

  private static TrainedParameter parameter(
      String name, NeuralNetConfiguration configuration, String parameter, INDArray values)
      throws UnsupportedNetwork {
    Layer layer = configuration.getLayer();
    try {
      expectPlain(configuration);
      return TrainedParameter.of(
          name,
          layer instanceof BaseWrapperLayer wrapper ? wrapper.getUnderlying() : layer,
          parameter,
          Math.toIntExact(values.offset()),
          values.ordering() == 'c' ? Order.C : Order.F,
          Arrays.stream(values.shape()).mapToInt(Math::toIntExact).toArray());
    } catch (UnsupportedNetwork e) {
      throw new UnsupportedNetwork(
          "layer %s (%s): %s".formatted(name, layer.getClass().getSimpleName(), e.getMessage()));
    }
  }

  private static void expectPlain(NeuralNetConfiguration configuration) throws UnsupportedNetwork {
    if (configuration.getOptimizationAlgo() != OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT) {
      throw new UnsupportedNetwork("optimization by " + configuration.getOptimizationAlgo());
    }
    if (configuration.getStepFunction() != null) {
      throw new UnsupportedNetwork(configuration.getStepFunction().getClass().getSimpleName());
    }
    if (configuration.getLayer() instanceof BaseLayer base && base.getWeightNoise() != null) {
      throw new UnsupportedNetwork("weight noise");
    }
  }
}
