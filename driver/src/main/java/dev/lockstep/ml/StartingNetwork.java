package dev.lockstep.ml;

import dev.lockstep.models.Dl4jLocalTrainer;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.Optimizer;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** The network that an estimator trains, as it starts. */
record StartingNetwork(NetworkDefinition definition, ModelState state) {

  /**
   * The network that was given, tuned as was asked; empty if it is to be made for the data.
   *
   * @throws ModelError if it cannot be read
   */
  static Optional<StartingNetwork> given(LockstepEstimator<?> params, Configuration hadoop) {
    if (params.isSet(params.initialModel())) {
      StoredModel model = StoredModel.read(params.getOrDefault(params.initialModel()), hadoop);
      StartingNetwork fresh = drawn(tuned(model.network(), params));
      ModelState state = fresh.state();
      return Optional.of(
          new StartingNetwork(
              fresh.definition(),
              new ModelState(model.state().parameters(), state.updaterState(), 0)));
    }
    if (params.isSet(params.network())) {
      String json = params.getOrDefault(params.network());
      NetworkDefinition network = new NetworkDefinition(json, json.contains("\"networkInputs\""));
      return Optional.of(drawn(tuned(network, params)));
    }
    return Optional.empty();
  }

  /** A stack of dense layers for the data. */
  static StartingNetwork dense(LockstepEstimator<?> params, int inputs, int outputs) {
    HiddenActivation hidden =
        Checks.constant(HiddenActivation.class, params.getOrDefault(params.activation()));
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed((Long) params.getOrDefault(params.seed()))
            .updater(updater(params))
            .list();
    int width = inputs;
    for (int size : hiddenLayers(params)) {
      layers.layer(
          new DenseLayer.Builder()
              .nIn(width)
              .nOut(size)
              .activation(hidden.dl4j())
              .weightInit(hidden == HiddenActivation.RELU ? WeightInit.RELU : WeightInit.XAVIER)
              .build());
      width = size;
    }
    boolean classifies = params.task() == Task.CLASSIFICATION;
    layers.layer(
        new OutputLayer.Builder(classifies ? new LossMCXENT() : new LossMSE())
            .nIn(width)
            .nOut(outputs)
            .activation(classifies ? Activation.SOFTMAX : Activation.IDENTITY)
            .weightInit(WeightInit.XAVIER)
            .build());
    return drawn(NetworkDefinition.of(layers.build()));
  }

  private static int[] hiddenLayers(LockstepEstimator<?> params) {
    return params.isSet(params.hiddenLayers())
        ? params.getOrDefault(params.hiddenLayers())
        : new int[0];
  }

  /** DL4J draws the weights from the configuration's seed. */
  private static StartingNetwork drawn(NetworkDefinition network) {
    return new StartingNetwork(network, Dl4jLocalTrainer.stateOf(network.newNetwork()));
  }

  private static IUpdater updater(LockstepEstimator<?> params) {
    return Checks.constant(Optimizer.class, params.getOrDefault(params.optimizer()))
        .updater((Double) params.getOrDefault(params.learningRate()));
  }

  /** With the seed, and with the optimizer and learning rate that were set. */
  private static NetworkDefinition tuned(NetworkDefinition network, LockstepEstimator<?> params) {
    long seed = (Long) params.getOrDefault(params.seed());
    Consumer<NeuralNetConfiguration> tune =
        layer -> {
          layer.setSeed(seed);
          if (layer.getLayer() instanceof BaseLayer trained) {
            trained.setIUpdater(tuned(trained.getIUpdater(), params));
            trained.setBiasUpdater(tuned(trained.getBiasUpdater(), params));
          }
        };
    try {
      if (network.graph()) {
        ComputationGraphConfiguration graph =
            ComputationGraphConfiguration.fromJson(network.json());
        graph.getVertices().values().stream()
            .filter(LayerVertex.class::isInstance)
            .forEach(vertex -> tune.accept(((LayerVertex) vertex).getLayerConf()));
        return NetworkDefinition.of(graph);
      }
      MultiLayerConfiguration stack = MultiLayerConfiguration.fromJson(network.json());
      stack.getConfs().forEach(tune);
      return NetworkDefinition.of(stack);
    } catch (RuntimeException e) {
      throw new ModelError("network is no configuration that DL4J can read: " + firstLine(e), e);
    }
  }

  private static IUpdater tuned(IUpdater own, LockstepEstimator<?> params) {
    if (own == null || params.isSet(params.optimizer())) {
      return own == null ? null : updater(params);
    }
    if (params.isSet(params.learningRate())) {
      IUpdater tuned = own.clone();
      tuned.setLrAndSchedule((Double) params.getOrDefault(params.learningRate()), null);
      return tuned;
    }
    return own;
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
