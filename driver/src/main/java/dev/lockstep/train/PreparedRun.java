package dev.lockstep.train;

import dev.lockstep.data.DataError;
import dev.lockstep.data.Normalisation;
import dev.lockstep.data.Schema;
import dev.lockstep.data.TargetMethod;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.dataset.Failures;
import dev.lockstep.models.TrainerFactory;
import dev.lockstep.models.file.CheckpointStore;
import dev.lockstep.strategy.Shards;
import dev.lockstep.strategy.TrainingJob;
import dev.lockstep.strategy.TrainingStrategy;
import java.util.Optional;

/** A {@link Training} whose data workers hold: all is known of the run, and nothing trained. */
public final class PreparedRun implements AutoCloseable {
  private final Training training;
  private final LoadedData data;
  private final Shards shards;
  private final ModelInputs inputs;
  private final TrainingJob job;

  private PreparedRun(
      Training training, LoadedData data, Shards shards, ModelInputs inputs, TrainingJob job) {
    this.training = training;
    this.data = data;
    this.shards = shards;
    this.inputs = inputs;
    this.job = job;
  }

  static PreparedRun of(Training training) {
    int workers =
        training.workers.orElseGet(() -> training.strategy.defaultWorkers(training.spark));
    return Failures.told(
        () -> {
          LoadedData data = training.data.load(training.spark, workers);
          try {
            return of(training, data);
          } catch (RuntimeException e) {
            data.close();
            throw e;
          }
        });
  }

  private static PreparedRun of(Training training, LoadedData data) {
    data.source().ifPresent(source -> training.loaded.accept(source, data.shards().examples()));
    if (data.shards().examples() == 0) {
      throw new DataError("there are no examples to train: the data set is empty");
    }
    Normalisation normalisation = normalisation(training, data);
    // What is held already is normalised as whoever holds it wants it.
    Shards shards = data.owned() ? data.shards().normalised(normalisation) : data.shards();
    ModelInputs inputs =
        new ModelInputs(
            normalisation,
            training.pictures.or(
                () ->
                    data.source().flatMap(source -> ImagePreprocessing.of(source.preprocessing()))),
            shards.schema().classNames(),
            shards.schema().columns());
    TrainingJob job = Settings.job(training, data.trainers(training), shards.sizes());
    return new PreparedRun(training, data, shards, inputs, job);
  }

  private static Normalisation normalisation(Training training, LoadedData data) {
    Schema held = data.shards().schema();
    if (!data.owned()) {
      return Normalisation.usual(held);
    }
    Schema schema =
        new Schema(
            held.featureShape(),
            training.featureType.orElse(held.featureType()),
            held.classNames(),
            held.targets(),
            held.columns());
    NormalisationChoice choice =
        data.layout().isPresent()
            ? training.normalisation.withTargets(TargetMethod.NONE)
            : training.normalisation;
    return choice.fit(training.network, schema, data.shards().blocks());
  }

  /** What every worker will know. */
  public TrainingJob job() {
    return job;
  }

  /** What data becomes before the network sees it. */
  public ModelInputs inputs() {
    return inputs;
  }

  /** Trains; as {@link Training#run}. */
  public TrainedModel run() {
    inputs.standardisedTargets().ifPresent(training.notice);
    return Failures.told(
        () -> {
          Optional<LoadedData> validation = validation();
          try (TrainingStrategy strategy =
              training.strategy.open(training.spark, shards, job, training.notice)) {
            TrainingRun.Plan plan = plan(strategy, validation);
            TrainingRun run =
                new TrainingRun(plan, new Listeners(training.listeners), training.interrupted);
            return model(result(run, plan));
          } finally {
            validation.ifPresent(LoadedData::close);
          }
        });
  }

  private RunResult result(TrainingRun run, TrainingRun.Plan plan) {
    if (training.resumes) {
      Checkpoint.Restored from = Resumption.newest(plan, training.warning);
      new Listeners(training.listeners).resuming(from.checkpoint().steps());
      return run.resume(from);
    }
    plan.checkpoints().ifPresent(CheckpointStore::clear);
    return training.epochsBefore > 0
        ? run.executeAfter(training.epochsBefore, training.start)
        : run.execute(training.start);
  }

  private TrainedModel model(RunResult result) {
    return new TrainedModel(
        training.network, result.state(), shards.schema(), inputs, job.trainers(), result);
  }

  private Optional<LoadedData> validation() {
    return training.validation.map(
        form -> {
          LoadedData loaded = form.load(training.spark, training.spark.defaultParallelism());
          loaded
              .source()
              .ifPresent(source -> training.loaded.accept(source, loaded.shards().examples()));
          return loaded;
        });
  }

  private TrainingRun.Plan plan(TrainingStrategy strategy, Optional<LoadedData> validation) {
    Optional<CheckpointStore> store =
        training.checkpoints.map(
            folder -> new CheckpointStore(folder, training.kept, inputs.entries()));
    return new TrainingRun.Plan(
        training.network,
        strategy,
        job.schedule(),
        training.strategy.ledger(job.schedule(), shards, training.notice),
        Settings.lossScale(training),
        training.display,
        validation.map(held -> validation(held, store)),
        training.checkpointEvery,
        store,
        training.config.orElseGet(() -> Settings.config(training, job.schedule().workers())));
  }

  private Validation validation(LoadedData held, Optional<CheckpointStore> store) {
    Shards seen = held.shards().normalised(inputs.normalisation());
    return new Validation(
        training.validateEvery,
        Validation.over(training.spark, seen, trainers(held)),
        training.stopping.map(
            rule -> new BestModel(rule.on(seen.schema().classes()), training.network, store)));
  }

  /** The run's own, unless arrays of validation data are laid out in another way. */
  private TrainerFactory trainers(LoadedData held) {
    return held.layout().equals(data.layout()) ? job.trainers() : held.trainers(training);
  }

  /** Frees what workers hold. */
  @Override
  public void close() {
    data.close();
  }
}
