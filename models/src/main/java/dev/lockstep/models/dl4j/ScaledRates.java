package dev.lockstep.models.dl4j;

import java.util.IdentityHashMap;
import java.util.Map;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.updater.UpdaterBlock.ParamState;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * The learning rates of a network of DL4J's, multiplied. DL4J's updater asks its configuration for
 * the rate at each update, so that is what changes.
 */
final class ScaledRates {
  private final Dl4jNetwork network;

  /** What the network's own updaters were, by themselves; none before a rate was ever changed. */
  private final Map<IUpdater, IUpdater> own = new IdentityHashMap<>();

  ScaledRates(Dl4jNetwork network) {
    this.network = network;
  }

  /** Sets the rates of the next update. */
  void scale(double factor, int updates, int epoch) {
    if (factor == 1 && own.isEmpty()) {
      return;
    }
    if (own.isEmpty()) {
      remember();
    }
    own.forEach(
        (used, before) ->
            used.setLrAndSchedule(factor * before.getLearningRate(updates, epoch), null));
  }

  private void remember() {
    for (UpdaterBlock block : network.updater().getUpdaterBlocks()) {
      for (ParamState state : block.getLayersAndVariablesInBlock()) {
        IUpdater updater = state.getLayer().getConfig().getUpdaterByParam(state.getParamName());
        if (updater.hasLearningRate()) {
          own.putIfAbsent(updater, updater.clone());
        }
      }
    }
  }
}
