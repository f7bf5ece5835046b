package dev.lockstep.ml;

import dev.lockstep.models.ModelError;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.network.ClassWeights;
import dev.lockstep.models.network.DenseNetwork;
import dev.lockstep.models.network.NetworkTuning;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.table.NetworkTask;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * The network that an estimator trains, as it starts.
 *
 * @param trained the model that it is trained on from; empty if there is none
 */
record StartingNetwork(
    NetworkDefinition definition, ModelState state, Optional<StoredModel> trained) {

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
              new ModelState(model.state().parameters(), state.updaterState(), 0),
              Optional.of(model)));
    }
    if (params.isSet(params.network())) {
      String json = params.getOrDefault(params.network());
      NetworkDefinition network = NetworkDefinition.ofJson(json);
      return Optional.of(drawn(tuned(network, params)));
    }
    return Optional.empty();
  }

  /** The same, with weights of classes in its loss. */
  StartingNetwork weighted(Optional<ClassWeights> weights) {
    return weights
        .map(known -> new StartingNetwork(known.apply(definition), state, trained))
        .orElse(this);
  }

  /** A stack of dense layers for the data. */
  static StartingNetwork dense(
      LockstepEstimator<?> params, NetworkTask task, int inputs, int outputs) {
    HiddenActivation hidden =
        Checks.constant(HiddenActivation.class, params.getOrDefault(params.activation()));
    return drawn(
        new DenseNetwork(Arrays.stream(hiddenLayers(params)).boxed().toList(), hidden.dl4j())
            .of(
                inputs,
                outputs,
                DenseNetwork.Task.valueOf(task.name()),
                updater(params),
                (Long) params.getOrDefault(params.seed())));
  }

  private static int[] hiddenLayers(LockstepEstimator<?> params) {
    return params.isSet(params.hiddenLayers())
        ? params.getOrDefault(params.hiddenLayers())
        : new int[0];
  }

  /** DL4J draws the weights from the configuration's seed. */
  private static StartingNetwork drawn(NetworkDefinition network) {
    return new StartingNetwork(
        network, Dl4jLocalTrainer.stateOf(network.newNetwork()), Optional.empty());
  }

  private static IUpdater updater(LockstepEstimator<?> params) {
    return Checks.constant(Optimizer.class, params.getOrDefault(params.optimizer()))
        .updater((Double) params.getOrDefault(params.learningRate()));
  }

  /** With the seed, and with the optimizer and learning rate that were set. */
  private static NetworkDefinition tuned(NetworkDefinition network, LockstepEstimator<?> params) {
    NetworkTuning tuning =
        new NetworkTuning(
            (Long) params.getOrDefault(params.seed()),
            params.isSet(params.optimizer()) ? Optional.of(updater(params)) : Optional.empty(),
            params.isSet(params.learningRate())
                ? OptionalDouble.of((Double) params.getOrDefault(params.learningRate()))
                : OptionalDouble.empty());
    try {
      return tuning.apply(network);
    } catch (RuntimeException e) {
      throw new ModelError("network is no configuration that DL4J can read: " + firstLine(e), e);
    }
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
