package dev.lockstep.master;

import dev.lockstep.models.ModelState;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.train.RoundReport;
import dev.lockstep.train.RunListener;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.core.storage.listener.RoutingIterationListener;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.TrainingListener;

/**
 * DL4J's listeners, called in the driver: after each average, with the network that all agreed on.
 *
 * @param score takes the loss of a round as the network's score
 * @param epoch which is trained
 */
record EpochListeners(
    Model network, List<TrainingListener> listeners, DoubleConsumer score, int epoch)
    implements RunListener {

  /** Gives a place to listeners that store what they see, and have none. */
  static void route(StatsStorageRouter router, List<TrainingListener> listeners) {
    if (router == null) {
      return;
    }
    for (TrainingListener listener : listeners) {
      if (listener instanceof RoutingIterationListener routing
          && routing.getStorageRouter() == null) {
        routing.setStorageRouter(router);
      }
    }
  }

  @Override
  public void started(long steps, long totalSteps) {
    listeners.forEach(listener -> listener.onEpochStart(network));
  }

  @Override
  public void display(RoundReport report, ModelState state) {
    Dl4jLocalTrainer.load(network, state);
    score.accept(report.loss());
    listeners.forEach(listener -> listener.iterationDone(network, state.updates(), epoch));
  }
}
