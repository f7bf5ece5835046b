package dev.lockstep.models.onednn;

import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.math.GradientReduction;
import dev.lockstep.models.math.TrainedParameter;
import dev.lockstep.models.math.TrainedParameter.Order;
import dev.lockstep.models.math.UpdateSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.GradientNormalization;
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
    expectInOrder(network, arrays);
    List<TrainedParameter> parameters = new ArrayList<>();
    boolean mean = true;
    for (Map.Entry<String, INDArray> entry : arrays) {
      String key = entry.getKey();
      String name = layerOf(network, key);
      NeuralNetConfiguration configuration = configuration(network, name);
      mean = configuration.isMiniBatch();
      String parameter = key.substring(name.length() + 1);
      parameters.add(parameter(name, configuration, parameter, entry.getValue()));
    }
    return new UpdateSettings(parameters, mean ? GradientReduction.MEAN : GradientReduction.SUM);
  }

  /**
   * DL4J's updater takes a layer's parameters to lie as it names them. Of layers of which they do
   * not it takes parts of the weights for biases, where it treats the two differently.
   *
   * @param arrays as they lie
   */
  private static void expectInOrder(Model network, List<Map.Entry<String, INDArray>> arrays)
      throws UnsupportedNetwork {
    Map<String, List<String>> lying = byLayer(network, arrays.stream().map(Map.Entry::getKey));
    Map<String, List<String>> named = byLayer(network, network.paramTable().keySet().stream());
    for (Map.Entry<String, List<String>> each : lying.entrySet()) {
      Layer layer = unwrapped(configuration(network, each.getKey()).getLayer());
      List<String> names = named.get(each.getKey());
      for (int i = 0; i < names.size(); i++) {
        if (!alike(layer, names.get(i), each.getValue().get(i))) {
          throw new UnsupportedNetwork(
              "layer %s (%s): what is of weights or of biases alone"
                  .formatted(each.getKey(), layer.getClass().getSimpleName()));
        }
      }
    }
  }

  private static Map<String, List<String>> byLayer(Model network, Stream<String> keys) {
    return keys.collect(
        Collectors.groupingBy(
            key -> layerOf(network, key),
            LinkedHashMap::new,
            Collectors.mapping(
                key -> key.substring(layerOf(network, key).length() + 1), Collectors.toList())));
  }

  /** Whether two parameters of a layer, or one and itself, are treated alike. */
  private static boolean alike(Layer layer, String one, String other) {
    return one.equals(other)
        || !isOfEach(layer.getGradientNormalization())
            && Objects.equals(
                layer.getRegularizationByParam(one), layer.getRegularizationByParam(other))
            && Objects.equals(layer.getUpdaterByParam(one), layer.getUpdaterByParam(other));
  }

  private static boolean isOfEach(GradientNormalization kind) {
    return kind == GradientNormalization.RenormalizeL2PerParamType
        || kind == GradientNormalization.ClipL2PerParamType;
  }

  private static Layer unwrapped(Layer layer) {
    return layer instanceof BaseWrapperLayer wrapper ? wrapper.getUnderlying() : layer;
  }

  /** A graph's names may have an underscore in them, the parameters' have not. */
  private static String layerOf(Model network, String key) {
    return key.substring(
        0, network instanceof ComputationGraph ? key.lastIndexOf('_') : key.indexOf('_'));
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
          unwrapped(layer),
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
