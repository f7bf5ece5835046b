package dev.lockstep.master;

import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.TrainerFactory;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.dl4j.Dl4jTrainerFactory;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.Ledger;
import dev.lockstep.strategy.Schedule;
import dev.lockstep.strategy.StrategyName;
import dev.lockstep.strategy.TrainingJob;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.strategy.TrainingStrategy;
import dev.lockstep.train.Cadence;
import dev.lockstep.train.RunListener;
import dev.lockstep.train.RunResult;
import dev.lockstep.train.TrainingRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.api.TrainingHook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a network for one epoch after the other: all of them are stretches of the same schedule,
 * so that it does not matter how often the caller looks in.
 */
final class EpochTrainer {
  private static final Logger LOG = LoggerFactory.getLogger(EpochTrainer.class);
  private static final Cadence NEVER = new Cadence(Long.MAX_VALUE, Cadence.Unit.SLOTS);
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
   * @param outerMomentum between rounds, at the end of an epoch
   */
  private record Subject(
      String id, Model model, PreparedData data, List<TrainingHook> hooks, float[] outerMomentum) {
    boolean is(Model otherModel, PreparedData otherData, List<TrainingHook> otherHooks) {
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
      PreparedData data,
      List<TrainingHook> hooks,
      List<TrainingListener> listeners) {
    Dl4jLocalTrainer.expectFloat32(model);
    TrainedNetwork network = TrainedNetwork.of(model);
    NetworkDefinition definition = NetworkDefinition.of(model);
    String id =
        last.filter(subject -> subject.is(model, data, hooks))
            .map(Subject::id)
            .orElseGet(() -> UUID.randomUUID().toString());
    TrainingJob job = job(id, definition, network, data, hooks);
    ModelState start = start(model);
    RunListener listener =
        listeners.isEmpty()
            ? new RunListener() {}
            : new EpochListeners(model, listeners, network::score, network.epochs());
    try (TrainingStrategy strategy =
        settings.strategy().open(spark, data.shards(), job, LOG::info)) {
      RunResult result =
          Failures.told(
              () ->
                  new TrainingRun(
                          plan(definition, network, strategy, job, data, listeners), listener)
                      .executeAfter(network.epochs(), start));
      Dl4jLocalTrainer.load(model, result.state());
      last = Optional.of(new Subject(id, model, data, hooks, result.state().outerMomentum()));
      double score = network.score(result.loss());
      listeners.forEach(each -> each.onEpochEnd(model));
      return new Epoch(result, score);
    } catch (RuntimeException e) {
      Dl4jLocalTrainer.load(model, start);
      throw e;
    }
  }

  private TrainingJob job(
      String id,
      NetworkDefinition definition,
      TrainedNetwork network,
      PreparedData data,
      List<TrainingHook> hooks) {
    boolean gradients =
        settings.strategy().name() == StrategyName.GRADIENT_AVERAGING
            || settings.strategy().gradientEpochs() > network.epochs();
    if (gradients) {
      network.expectWholeGradients();
      if (!hooks.isEmpty()) {
        throw new IllegalStateException(
            "training hooks see workers' own updates, of which gradient averaging has none");
      }
    }
    TrainerFactory trainers =
        hooks.isEmpty()
            ? LocalTrainers.factory(definition, settings.localStep(), data.layout())
            : new Dl4jTrainerFactory(definition, data.layout(), new Hooks(hooks));
    Schedule schedule =
        new Schedule(
            data.shards().sizes(),
            settings.batchSizePerWorker(),
            EpochEnd.REMAINDER,
            new TrainingLength.Epochs(network.epochs() + 1));
    return new TrainingJob(id, trainers, schedule, settings.ordering(), settings.seed());
  }

  private static TrainingRun.Plan plan(
      NetworkDefinition definition,
      TrainedNetwork network,
      TrainingStrategy strategy,
      TrainingJob job,
      PreparedData data,
      List<TrainingListener> listeners) {
    return new TrainingRun.Plan(
        definition,
        strategy,
        job.schedule(),
        Ledger.exact(job.schedule(), data.shards().tallies()),
        network.lossScale(),
        listeners.isEmpty() ? NEVER : EACH_ROUND,
        Optional.empty(),
        NEVER,
        Optional.empty(),
        Map.of());
  }

  private ModelState start(Model model) {
    ModelState state = Dl4jLocalTrainer.stateOf(model);
    return last.filter(subject -> subject.model() == model)
        .map(subject -> state.withOuterMomentum(subject.outerMomentum()))
        .orElse(state);
  }
}
