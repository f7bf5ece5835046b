package dev.lockstep.master;

import dev.lockstep.dataset.DataSetShards;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.train.Cadence;
import dev.lockstep.train.RunResult;
import dev.lockstep.train.Training;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.api.TrainingHook;

/**
 * Trains a network for one epoch after the other: all of them are stretches of the same schedule,
 * so that it does not matter how often the caller looks in.
 */
final class EpochTrainer {
  private static final Cadence EACH_ROUND = new Cadence(1, Cadence.Unit.SLOTS);

  private final MasterSettings settings;

  /** What was trained last. */
  private Optional<Subject> last = Optional.empty();

  EpochTrainer(MasterSettings settings) {
    this.settings = settings;
  }

  /**
   * Something that is trained for several epochs.
   *
   * @param id by which executors keep replicas of it
   * @param outerState of the optimizer between rounds, at the end of an epoch
   */
  private record Subject(
      String id, Model model, DataSetShards data, List<TrainingHook> hooks, float[] outerState) {
    boolean is(Model otherModel, DataSetShards otherData, List<TrainingHook> otherHooks) {
      return model == otherModel && data == otherData && hooks.equals(otherHooks);
    }
  }

  /** An epoch that was trained. */
  record Epoch(RunResult result, double score) {}

  /**
   * Trains the network's next epoch. If that fails, the network stays as it was.
   *
   * @param hooks called on workers
   * @param listeners called in the driver
   */
  Epoch train(
      JavaSparkContext spark,
      Model model,
      DataSetShards data,
      List<TrainingHook> hooks,
      List<TrainingListener> listeners) {
    Dl4jLocalTrainer.expectFloat32(model);
    TrainedNetwork network = TrainedNetwork.of(model);
    expectTrainable(network, hooks);
    String id =
        last.filter(subject -> subject.is(model, data, hooks))
            .map(Subject::id)
            .orElseGet(() -> UUID.randomUUID().toString());
    ModelState start = start(model);
    Training training = training(spark, NetworkDefinition.of(model), start, network.epochs(), data);
    training.id(id).lossScale(network.lossScale());
    if (!hooks.isEmpty()) {
      training.observe(new TrainingHooks(hooks));
    }
    if (!listeners.isEmpty()) {
      training
          .display(EACH_ROUND)
          .listen(new EpochListeners(model, listeners, network::score, network.epochs()));
    }
    try {
      RunResult result = training.run().result();
      Dl4jLocalTrainer.load(model, result.state());
      last = Optional.of(new Subject(id, model, data, hooks, result.state().outerState()));
      double score = network.score(result.loss());
      listeners.forEach(each -> each.onEpochEnd(model));
      return new Epoch(result, score);
    } catch (RuntimeException e) {
      Dl4jLocalTrainer.load(model, start);
      throw e;
    }
  }

  private Training training(
      JavaSparkContext spark,
      NetworkDefinition network,
      ModelState start,
      int epochs,
      DataSetShards data) {
    return Training.of(spark, network, start)
        .data(data.shards(), Optional.of(data.layout()))
        .minibatch(settings.batchSizePerWorker())
        .epochs(epochs + 1)
        .after(epochs)
        .epochEnd(EpochEnd.REMAINDER)
        .ordering(settings.ordering())
        .strategy(settings.strategy())
        .localStep(settings.localStep())
        .seed(settings.seed())
        .display(Cadence.atEnd());
  }

  private void expectTrainable(TrainedNetwork network, List<TrainingHook> hooks) {
    if (settings.strategy().averagesGradients(network.epochs())) {
      network.expectWholeGradients();
      if (!hooks.isEmpty()) {
        throw new IllegalStateException(
            "training hooks see workers' own updates, of which gradient averaging has none");
      }
    }
  }

  private ModelState start(Model model) {
    ModelState state = Dl4jLocalTrainer.stateOf(model);
    return last.filter(subject -> subject.model() == model)
        .map(subject -> state.withOuterState(subject.outerState()))
        .orElse(state);
  }
}
