package dev.lockstep.train;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.Decoding;
import dev.lockstep.data.NormalisationMethod;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Schema.FeatureType;
import dev.lockstep.data.augment.Augmentation;
import dev.lockstep.data.chunk.ChunkPlan.Storing;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.memory.DataMemory;
import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.TrainerFactory;
import dev.lockstep.models.dl4j.Dl4jTrainerFactory;
import dev.lockstep.models.dl4j.StepObserver;
import dev.lockstep.models.file.CheckpointFolder;
import dev.lockstep.models.file.CheckpointStore;
import dev.lockstep.models.math.GradientReduction;
import dev.lockstep.spark.SparkVersion;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.LearningRates;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.ParameterAveraging;
import dev.lockstep.strategy.Schedule;
import dev.lockstep.strategy.Shards;
import dev.lockstep.strategy.Strategy;
import dev.lockstep.strategy.TrainedParameters;
import dev.lockstep.strategy.TrainingJob;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.strategy.WeightsAverage;
import dev.lockstep.table.NetworkShape;
import dev.lockstep.table.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of a {@link Training}: their defaults, which go together, which determine its
 * result.
 */
final class Settings {
  private static final Logger LOG = LoggerFactory.getLogger(Training.class);

  /** Of the memory for examples, what those of validation may take beside. */
  private static final int VALIDATION_PART = 4;

  final JavaSparkContext spark;
  NetworkDefinition network;
  final ModelState start;
  String id = UUID.randomUUID().toString();
  RunData data;
  Optional<FeatureType> featureType = Optional.empty();
  NormalisationChoice normalisation;
  Optional<ImagePreprocessing> pictures = Optional.empty();
  Decoding decoding = Decoding.ONCE;
  OptionalInt workers = OptionalInt.empty();
  int minibatch = 32;
  int accumulated = 1;
  TrainingLength length = new TrainingLength.Epochs(10);
  int epochsBefore;
  EpochEnd epochEnd = EpochEnd.RUN_ON;
  Ordering ordering = Ordering.SHUFFLED;
  Strategy strategy = ParameterAveraging.every(10);
  LocalStep localStep = LocalStep.AUTO;
  StepObserver stepObserver = StepObserver.NONE;
  long seed = 1;
  Augmentation augmentation = Augmentation.NONE;
  LearningRates rates = LearningRates.CONSTANT;
  WeightsAverage weights = WeightsAverage.NONE;
  Optional<LossScale> lossScale = Optional.empty();
  Cadence display = Cadence.epochs(1);
  Optional<RunData> validation = Optional.empty();
  Cadence validateEvery = Cadence.epochs(1);
  Optional<EarlyStopping> stopping = Optional.empty();
  Optional<CheckpointFolder> checkpoints = Optional.empty();
  Cadence checkpointEvery = Cadence.epochs(1);
  int kept = 3;
  boolean resumes;
  Optional<Map<String, Object>> config = Optional.empty();
  final List<RunListener> listeners = new ArrayList<>();
  BooleanSupplier interrupted = () -> false;
  Consumer<String> notice = LOG::info;
  Consumer<String> warning = LOG::warn;
  ObjLongConsumer<DataSource> loaded = this::tellLeftOut;

  Settings(
      JavaSparkContext spark,
      NetworkDefinition network,
      ModelState start,
      NormalisationChoice normalisation) {
    SparkVersion.expectMatch();
    this.spark = Objects.requireNonNull(spark, "spark");
    this.network = network;
    this.start = start;
    this.normalisation = normalisation;
  }

  private void tellLeftOut(DataSource source, long read) {
    if (read < source.count()) {
      warning.accept(
          "%d of %d examples could not be read and were left out"
              .formatted(source.count() - read, source.count()));
    }
  }

  /** A source with its labels coded as the network takes them. */
  RunData coded(DataSource source) {
    return new RunData.OfSource(NetworkShape.coded(source, network));
  }

  /** A table with its labels read as the network takes them. */
  Rows rows(Dataset<?> table, String features, String label) {
    return new Rows(table, features, label, NetworkShape.of(network));
  }

  static int notNegative(String setting, int epochs) {
    if (epochs < 0) {
      throw new IllegalArgumentException(
          "%s must be at least 0 epochs, not %d".formatted(setting, epochs));
    }
    return epochs;
  }

  static int atLeastOne(String setting, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(setting + " must be at least 1, not " + value);
    }
    return value;
  }

  /**
   * Complains about what is missing, or does not go together.
   *
   * @throws IllegalArgumentException naming the settings
   */
  void check() {
    expect(data != null, "there is nothing to train on: set data");
    expect(
        decoding == Decoding.ONCE || data instanceof RunData.OfSource,
        "only files of pictures are decoded in each epoch: leave out decode");
    workers.ifPresent(strategy::expectWorkers);
    expect(
        strategy.makesOwnSteps()
            || accumulated == 1
                && rates.equals(LearningRates.CONSTANT)
                && weights.equals(WeightsAverage.NONE),
        "DL4J's own trainer makes steps in its own way: leave out changes of learning rates,"
            + " accumulation of minibatches and weights averaged over time");
    expect(
        stopping.isEmpty() || validation.isPresent(),
        "early stopping looks at validation data: set validate");
    expect(
        !resumes || checkpoints.isPresent(),
        "to resume a run needs its checkpoints: set checkpoints");
  }

  private static void expect(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /**
   * What makes a run's trainers.
   *
   * @param layout where the network's arrays are in an example, unless as the schema says
   */
  TrainerFactory trainers(Schema schema, Optional<ExampleLayout> layout) {
    LocalStep step = strategy.localStep(localStep);
    if (stepObserver != StepObserver.NONE) {
      return new Dl4jTrainerFactory(
          network,
          layout.orElseGet(() -> ExampleLayout.of(schema.labelLength(), schema.shape())),
          stepObserver);
    }
    return layout.isPresent()
        ? LocalTrainers.factory(network, step, layout.get())
        : NetworkShape.trainers(network, step, schema);
  }

  /**
   * What every worker of a run knows.
   *
   * @param before what was trained before, on fewer data
   * @param sizes how many examples each has
   */
  TrainingJob job(TrainerFactory trainers, Schedule.Before before, int... sizes) {
    return new TrainingJob(
        id,
        trainers,
        new Schedule(sizes, minibatch, accumulated, epochEnd, length, before),
        ordering,
        seed,
        augmentation,
        rates,
        weights,
        TrainedParameters.of(network),
        network.dividesByMinibatch() ? GradientReduction.MEAN : GradientReduction.SUM);
  }

  /** How training examples are held: as by the run that is resumed, since orders depend on it. */
  RunData.Holding holding(int workers) {
    DataMemory memory =
        strategy.needsAllInMemory(spark)
            ? DataMemory.ALL
            : checkpoints
                .filter(unused -> resumes)
                .flatMap(folder -> Resumption.memory(new CheckpointStore(folder, kept, Map.of())))
                .orElseGet(() -> Shards.usualMemory(spark, workers));
    return new RunData.Holding(workers, memory, ordering.storing(), decoding);
  }

  /** How validation examples are held, beside those that are trained. */
  RunData.Holding validationHolding() {
    int workers = spark.defaultParallelism();
    DataMemory usual = Shards.usualMemory(spark, workers);
    return new RunData.Holding(
        workers, new DataMemory(usual.bytes() / VALIDATION_PART), Storing.IN_ORDER, Decoding.ONCE);
  }

  LossScale lossScale() {
    return lossScale.orElseGet(() -> LossScale.of(network));
  }

  /** All that determines the parameters, to the bit. */
  Map<String, Object> config(int workers) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("network", "%08x".formatted(network.json().hashCode()));
    values.put("start", "%08x".formatted(start.hashCode()));
    values.put("workers", workers);
    values.put("minibatch", minibatch);
    values.put("strategy", strategy.toString());
    values.put("normalise", normalisation.features().orElse(NormalisationMethod.AUTO).toString());
    normalisation.targets().ifPresent(method -> values.put("normaliseTargets", method.toString()));
    values.put("ordering", ordering.toString());
    values.put("epochEnd", epochEnd.toString());
    values.put("localStep", localStep.toString());
    if (!rates.equals(LearningRates.CONSTANT)) {
      values.put("learningRates", rates.toString());
    }
    if (accumulated > 1) {
      values.put("accumulate", accumulated);
    }
    if (!weights.equals(WeightsAverage.NONE)) {
      values.put("weightsAverage", weights.toString());
    }
    values.put("seed", seed);
    if (!augmentation.isNone()) {
      values.put("augment", augmentation.toString());
    }
    if (length instanceof TrainingLength.Epochs epochs) {
      values.put("epochs", epochs.epochs());
    } else if (length instanceof TrainingLength.Steps steps) {
      values.put("steps", steps.steps());
    }
    stopping.ifPresent(
        rule -> {
          values.put("validateEvery", validateEvery.toString());
          values.put("stopping", rule.toString());
        });
    return values;
  }
}
