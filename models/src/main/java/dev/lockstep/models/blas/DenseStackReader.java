package dev.lockstep.models.blas;

import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.math.GradientReduction;
import dev.lockstep.models.math.TrainedParameter;
import dev.lockstep.models.math.UpdateSettings;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Reads a {@link DenseStack} from DL4J's configuration, or tells what it is not able to express.
 */
final class DenseStackReader {
  private DenseStackReader() {}

  static DenseStack read(NetworkDefinition network) throws UnsupportedNetwork {
    if (network.graph()) {
      throw new UnsupportedNetwork("a ComputationGraph");
    }
    return read(MultiLayerConfiguration.fromJson(network.json()));
  }

  private static DenseStack read(MultiLayerConfiguration network) throws UnsupportedNetwork {
    checkNetwork(network);
    List<DenseLayerReader> readers = new ArrayList<>();
    for (NeuralNetConfiguration configuration : network.getConfs()) {
      checkTraining(configuration);
      readers.add(DenseLayerReader.of(readers.size(), configuration.getLayer()));
    }
    DenseLayerReader last = readers.get(readers.size() - 1);
    List<DenseStack.Layer> layers = new ArrayList<>();
    List<TrainedParameter> parameters = new ArrayList<>();
    int start = 0;
    for (DenseLayerReader reader : readers) {
      if (reader != last) {
        reader.checkHidden();
      }
      DenseStack.Layer layer = reader.layer(start);
      parameters.addAll(reader.parameters(layer));
      layers.add(layer);
      start = layer.end();
    }
    checkFrozen(layers);
    return new DenseStack(layers, last.loss(), new UpdateSettings(parameters, reduction(network)));
  }

  /** DL4J passes no gradient below a frozen layer. */
  private static void checkFrozen(List<DenseStack.Layer> layers) throws UnsupportedNetwork {
    for (int i = 1; i < layers.size(); i++) {
      if (layers.get(i).frozen() && !layers.get(i - 1).frozen()) {
        throw new UnsupportedNetwork("the frozen layer %d above one that is trained".formatted(i));
      }
    }
  }

  private static void checkNetwork(MultiLayerConfiguration network) throws UnsupportedNetwork {
    if (!network.getInputPreProcessors().isEmpty()) {
      int layer = network.getInputPreProcessors().keySet().iterator().next();
      throw new UnsupportedNetwork("the preprocessor before layer " + layer);
    }
    if (network.getBackpropType() != BackpropType.Standard) {
      throw new UnsupportedNetwork("backpropagation of type " + network.getBackpropType());
    }
    if (network.getDataType() != DataType.FLOAT) {
      throw new UnsupportedNetwork("a network of type " + network.getDataType());
    }
  }

  private static void checkTraining(NeuralNetConfiguration configuration)
      throws UnsupportedNetwork {
    if (configuration.getOptimizationAlgo() != OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT) {
      throw new UnsupportedNetwork("optimization by " + configuration.getOptimizationAlgo());
    }
    if (configuration.getStepFunction() != null) {
      throw new UnsupportedNetwork(configuration.getStepFunction().getClass().getSimpleName());
    }
  }

  private static GradientReduction reduction(MultiLayerConfiguration network) {
    return network.getConf(0).isMiniBatch() ? GradientReduction.MEAN : GradientReduction.SUM;
  }
}
