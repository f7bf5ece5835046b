package dev.lockstep.train;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.ExampleHash;
import dev.lockstep.data.Normalisation;
import dev.lockstep.data.Schema;
import dev.lockstep.data.TargetMethod;
import dev.lockstep.data.Transport;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.data.recipe.TableRecipe;
import dev.lockstep.dataset.Failures;
import dev.lockstep.models.TrainerFactory;
import dev.lockstep.models.file.CheckpointStore;
import dev.lockstep.strategy.Schedule;
import dev.lockstep.strategy.Shards;
import dev.lockstep.strategy.TrainingJob;
import dev.lockstep.strategy.TrainingStrategy;
import dev.lockstep.table.NetworkShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A {@link Training} whose data workers hold: all is known of the run, and nothing trained. */
public final class PreparedRun implements AutoCloseable {
  private final Settings settings;
  private final LoadedData data;
  private final Shards shards;
  private final ModelInputs inputs;
  private final TrainingJob job;
  private final Schedule.Before before;

  private PreparedRun(
      Settings settings,
      LoadedData data,
      Shards shards,
      ModelInputs inputs,
      TrainingJob job,
      Schedule.Before before) {
    this.settings = settings;
    this.data = data;
    this.shards = shards;
    this.inputs = inputs;
    this.job = job;
    this.before = before;
  }

  static PreparedRun of(Settings settings) {
    int workers =
        settings.workers.orElseGet(() -> settings.strategy.defaultWorkers(settings.spark));
    return Failures.told(
        () -> {
          LoadedData data = settings.data.load(settings.spark, settings.holding(workers));
          try {
            return of(settings, data);
          } catch (RuntimeException e) {
            data.close();
            throw e;
          }
        });
  }

  private static PreparedRun of(Settings settings, LoadedData data) {
    data.source().ifPresent(source -> settings.loaded.accept(source, data.shards().examples()));
    if (data.shards().examples() == 0) {
      throw new DataError("there are no examples to train: the data set is empty");
    }
    if (!settings.augmentation.isNone()) {
      settings.augmentation.of(data.shards().schema(), settings.seed); // if it is of pictures
    }
    Normalisation normalisation = normalisation(settings, data);
    // What is held already is normalised as whoever holds it wants it.
    Shards shards = data.owned() ? data.shards().normalised(normalisation) : data.shards();
    ModelInputs inputs =
        new ModelInputs(
            normalisation,
            settings.pictures.or(
                () ->
                    data.source().flatMap(source -> ImagePreprocessing.of(source.preprocessing()))),
            shards.schema().classNames(),
            shards.schema().columns(),
            TableRecipe.of(data.source().flatMap(DataSource::preprocessing)),
            data.source().map(DataSource::labels).orElse(List.of()));
    Schedule.Before before = Resumption.before(settings, shards.examples());
    TrainingJob job = settings.job(data.trainers(settings), before, shards.sizes());
    return new PreparedRun(settings, data, shards, inputs, job, before);
  }

  private static Normalisation normalisation(Settings settings, LoadedData data) {
    Schema held = data.shards().schema();
    if (!data.owned()) {
      return Normalisation.usual(held);
    }
    Schema schema =
        new Schema(
            held.featureShape(),
            settings.featureType.orElse(held.featureType()),
            held.classNames(),
            held.targets(),
            held.columns());
    NormalisationChoice choice =
        data.layout().isPresent()
            ? settings.normalisation.withTargets(TargetMethod.NONE)
            : settings.normalisation;
    return choice.fit(settings.network, schema, data.shards().blocks());
  }

  /** What every worker will know. */
  public TrainingJob job() {
    return job;
  }

  /** What examples look like. */
  public Schema schema() {
    return shards.schema();
  }

  /** What data becomes before the network sees it. */
  public ModelInputs inputs() {
    return inputs;
  }

  /**
   * The hash of the examples, whatever their order, as {@code lockstep inspect} gives it: of those
   * in memory, as it was when they were written to disks or first decoded, or as they were
   * prepared; empty of chunks of which nobody says it, as it would cost another pass.
   */
  public Optional<String> dataHash() {
    ExampleHash all = new ExampleHash();
    List<List<ExampleHash>> shares =
        Transport.collect(
            data.shards().blocks().map(share -> share.contentHash().stream().toList()));
    shares.forEach(share -> share.forEach(all::merge));
    return shares.stream().noneMatch(List::isEmpty)
        ? Optional.of(all.toString())
        : data.source().flatMap(DataSource::contentHash);
  }

  /** Some pictures as the network will see them; none where they are trained as they are. */
  public List<SeenPicture> seen() {
    TrainingJob run = job;
    return run.augmentation().isNone()
        ? List.of()
        : Failures.told(
            () -> Transport.first(shards.blocks().map(held -> SeenPicture.of(held, run))));
  }

  /** Trains; as {@link Training#run}. */
  public TrainedModel run() {
    inputs.standardisedTargets().ifPresent(settings.notice);
    return Failures.told(
        () -> {
          Optional<LoadedData> validation = validation();
          try (TrainingStrategy strategy = settings.strategy.open(settings.spark, shards, job)) {
            TrainingRun.Plan plan = plan(strategy, validation);
            TrainingRun run =
                new TrainingRun(plan, new Listeners(settings.listeners), settings.interrupted);
            return model(result(run, plan));
          } finally {
            validation.ifPresent(LoadedData::close);
          }
        });
  }

  private RunResult result(TrainingRun run, TrainingRun.Plan plan) {
    if (settings.resumes) {
      Checkpoint.Restored from = Resumption.newest(plan, settings.warning);
      new Listeners(settings.listeners).resuming(from.checkpoint().steps());
      Optional<String> grown = Resumption.grown(plan, from.checkpoint());
      grown.ifPresent(settings.notice);
      return grown.isPresent() ? run.goOn(from) : run.resume(from);
    }
    plan.checkpoints().ifPresent(CheckpointStore::clear);
    return settings.epochsBefore > 0
        ? run.executeAfter(settings.epochsBefore, settings.start)
        : run.execute(settings.start);
  }

  private TrainedModel model(RunResult result) {
    return new TrainedModel(
        settings.network, result.state(), shards.schema(), inputs, job.trainers(), result);
  }

  private Optional<LoadedData> validation() {
    return settings.validation.map(
        form -> {
          LoadedData loaded = form.load(settings.spark, settings.validationHolding());
          loaded
              .source()
              .ifPresent(source -> settings.loaded.accept(source, loaded.shards().examples()));
          return loaded;
        });
  }

  private TrainingRun.Plan plan(TrainingStrategy strategy, Optional<LoadedData> validation) {
    Optional<CheckpointStore> store =
        settings.checkpoints.map(
            folder -> new CheckpointStore(folder, settings.kept, inputs.entries()));
    return new TrainingRun.Plan(
        settings.network,
        strategy,
        job.schedule(),
        settings.strategy.ledger(job.schedule(), shards, settings.notice),
        settings.lossScale(),
        settings.display,
        validation.map(held -> validation(held, store)),
        settings.checkpointEvery,
        store,
        config());
  }

  /** With what the data says besides, as far as that determines the order of examples. */
  private Map<String, Object> config() {
    Map<String, Object> config =
        new LinkedHashMap<>(
            settings.config.orElseGet(() -> settings.config(job.schedule().workers())));
    config.put(Resumption.EXAMPLES, shards.examples());
    Resumption.put(before, config);
    shards.chunks().ifPresent(onDisk -> config.put(Resumption.MEMORY, onDisk.memory().bytes()));
    return config;
  }

  private Validation validation(LoadedData held, Optional<CheckpointStore> store) {
    Shards seen = held.shards().normalised(inputs.normalisation());
    return new Validation(
        settings.validateEvery,
        Validation.over(
            settings.spark,
            seen,
            trainers(held),
            NetworkShape.task(settings.network, seen.schema())),
        settings.stopping.map(
            rule -> new BestModel(rule.on(seen.schema().classes()), settings.network, store)));
  }

  /** The run's own, unless arrays of validation data are laid out in another way. */
  private TrainerFactory trainers(LoadedData held) {
    return held.layout().equals(data.layout()) ? job.trainers() : held.trainers(settings);
  }

  /** Frees what workers hold. */
  @Override
  public void close() {
    data.close();
  }
}
