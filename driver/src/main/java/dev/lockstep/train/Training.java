package dev.lockstep.train;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.Decoding;
import dev.lockstep.data.NormalisationMethod;
import dev.lockstep.data.Schema.FeatureType;
import dev.lockstep.data.TargetMethod;
import dev.lockstep.data.augment.Augmentation;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.dataset.PackedDataSet;
import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.file.CheckpointFolder;
import dev.lockstep.models.file.NetworkFile;
import dev.lockstep.models.network.GradientClipping;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.LearningRates;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.Shards;
import dev.lockstep.strategy.Strategy;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.strategy.WeightsAverage;
import dev.lockstep.table.Rows;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Trains a network over Spark: a network, data, settings, {@link #run}.
 *
 * <pre>{@code
 * TrainedModel model = Training.of(spark, configuration)
 *     .data(DataSources.open(spark, DataLocation.of("hdfs:///mnist")))
 *     .epochs(10)
 *     .run();
 * }</pre>
 *
 * All settings but data have defaults; each is checked where it is set. A run with the same
 * network, data, number of workers and settings gives the same parameters, to the bit.
 */
public final class Training extends WatchedTraining {
  private Training(Settings settings) {
    super(settings);
  }

  /** A stack of layers, with parameters drawn by DL4J from the configuration's seed. */
  public static Training of(JavaSparkContext spark, MultiLayerConfiguration network) {
    return of(spark, NetworkDefinition.of(network));
  }

  /** A graph, with parameters drawn by DL4J from the configuration's seed. */
  public static Training of(JavaSparkContext spark, ComputationGraphConfiguration network) {
    return of(spark, NetworkDefinition.of(network));
  }

  /** An initialised network of DL4J's, trained on from where it is; it stays as it is itself. */
  public static Training of(JavaSparkContext spark, Model network) {
    return of(spark, NetworkDefinition.of(network), Dl4jLocalTrainer.stateOf(network));
  }

  /**
   * A configuration's JSON, or a model zip, which is trained on, its data normalised as then.
   *
   * @throws dev.lockstep.models.ModelError if it is neither
   */
  public static Training of(JavaSparkContext spark, Path file) {
    NetworkFile network = NetworkFile.read(file);
    if (network.state().isEmpty()) {
      return of(spark, network.definition());
    }
    Training training = of(spark, network.definition(), network.state().get());
    network
        .model()
        .flatMap(model -> ModelInputs.normalisation(model, file))
        .ifPresent(
            learnt -> training.settings.normalisation = NormalisationChoice.asLearnt(learnt));
    return training;
  }

  /** A network by its definition, such as {@link NetworkDefinition#ofJson} of JSON. */
  public static Training of(JavaSparkContext spark, NetworkDefinition network) {
    return new Training(
        new Settings(
            spark,
            network,
            Dl4jLocalTrainer.stateOf(network.newNetwork()),
            NormalisationChoice.USUAL));
  }

  /** A network that starts from a state; regression targets stay as they are, unless chosen. */
  public static Training of(JavaSparkContext spark, NetworkDefinition network, ModelState start) {
    return new Training(new Settings(spark, network, start, NormalisationChoice.OF_FEATURES));
  }

  /** What is trained, from files or any other source. */
  public Training data(DataSource source) {
    settings.data = settings.coded(source);
    return this;
  }

  /**
   * What is trained, from a table.
   *
   * @param features name of the column of vectors or arrays of numbers
   * @param label that of class numbers from 0 for softmax, else of numbers or vectors of them
   */
  public Training data(org.apache.spark.sql.Dataset<?> table, String features, String label) {
    return data(settings.rows(table, features, label));
  }

  /** What is trained, from a table. */
  public Training data(Rows rows) {
    settings.data = new RunData.OfRows(rows, settings.network);
    return this;
  }

  /** What is trained, with masks and sequences of several lengths if it has them. */
  public Training data(JavaRDD<DataSet> dataSets) {
    settings.data = new RunData.OfDataSets(dataSets.map(PackedDataSet::of));
    return this;
  }

  /**
   * What is trained: examples that workers hold, one block each; whoever loaded them closes them.
   *
   * @param layout where the network's arrays are in an example; empty for as the schema says
   */
  public Training data(Shards held, Optional<ExampleLayout> layout) {
    settings.data = new RunData.Held(held, layout);
    return this;
  }

  /** How features come into a range that trains well. Default: as read, pixels from 0 to 1. */
  public Training normalise(NormalisationMethod method) {
    settings.normalisation = settings.normalisation.withFeatures(method);
    return this;
  }

  /**
   * How regression targets come into a range that trains well; kept with the model, which gives its
   * predictions and their errors in the data's units. Losses are of what is learnt. Default: {@link
   * TargetMethod#AUTO} where training begins; where a network is trained on, as it was learnt. Does
   * not apply to {@link #data(JavaRDD) DataSets} and what workers hold already.
   */
  public Training normaliseTargets(TargetMethod method) {
    settings.normalisation = settings.normalisation.withTargets(method);
    return this;
  }

  /** How features and targets are normalised. */
  public Training normalise(NormalisationChoice choice) {
    settings.normalisation = choice;
    return this;
  }

  /** As what features are normalised. Default: as what they are held. */
  public Training featuresAs(FeatureType type) {
    settings.featureType = Optional.of(type);
    return this;
  }

  /** How pictures became features, kept with the model. Default: as the source says. */
  public Training pictures(ImagePreprocessing preprocessing) {
    settings.pictures = Optional.of(preprocessing);
    return this;
  }

  /** How many replicas train in parallel. Default: as many as Spark has cores. */
  public Training workers(int count) {
    settings.workers = OptionalInt.of(Settings.atLeastOne("workers", count));
    return this;
  }

  /** Examples in a minibatch of one worker. Default: 32. */
  public Training minibatch(int examples) {
    settings.minibatch = Settings.atLeastOne("minibatch", examples);
    return this;
  }

  /** How often each example is trained. Default: 10 times. */
  public Training epochs(int times) {
    return length(new TrainingLength.Epochs(times));
  }

  /** Minibatches to train, over all workers together, instead of epochs. */
  public Training steps(long minibatches) {
    return length(new TrainingLength.Steps(minibatches));
  }

  /** How long to train. */
  public Training length(TrainingLength howLong) {
    settings.length = howLong;
    return this;
  }

  /** Trains those epochs only that follow so many whole ones. Default: 0. */
  public Training after(int epochs) {
    settings.epochsBefore = Settings.notNegative("after", epochs);
    return this;
  }

  /** What becomes of examples that do not fill a minibatch. Default: they run on. */
  public Training epochEnd(EpochEnd end) {
    settings.epochEnd = end;
    return this;
  }

  /** The order of a worker's examples in each epoch. Default: shuffled. */
  public Training ordering(Ordering order) {
    settings.ordering = order;
    return this;
  }

  /** How workers combine what they learn. Default: averaging parameters every 10 minibatches. */
  public Training strategy(Strategy how) {
    settings.strategy = how;
    return this;
  }

  /** How learning rates change while training. Default: as the network says. */
  public Training learningRates(LearningRates rates) {
    settings.rates = rates;
    return this;
  }

  /** How gradients are limited, in place of what the network says. Default: as it says. */
  public Training gradientClipping(GradientClipping clipping) {
    settings.network = clipping.apply(settings.network);
    return this;
  }

  /** How many minibatches of a worker make one step, all their gradients together. Default: 1. */
  public Training accumulate(int minibatches) {
    settings.accumulated = Settings.atLeastOne("accumulate", minibatches);
    return this;
  }

  /** A second model, of weights averaged over time; validated too. Default: none. */
  public Training weightsAverage(WeightsAverage average) {
    settings.weights = average;
    return this;
  }

  /** What computes a minibatch. Default: the fastest that knows the network. */
  public Training localStep(LocalStep step) {
    settings.localStep = step;
    return this;
  }

  /**
   * When pictures that are files are decoded, for those that are trained. Default: once, when the
   * run begins. In each epoch it takes a fraction of a kilobyte of memory a picture and no disk,
   * and gives the bits that decoded ones give where they are in memory.
   */
  public Training decode(Decoding decoding) {
    settings.decoding = decoding;
    return this;
  }

  /** Of all that is random but the network's initial parameters. Default: 1. */
  public Training seed(long value) {
    settings.seed = value;
    return this;
  }

  /** How pictures are changed while they are trained. Default: not at all. */
  public Training augment(Augmentation changes) {
    settings.augmentation = changes;
    return this;
  }

  /** What losses are a mean over. Default: examples, if the network's own loss is a mean. */
  public Training lossScale(LossScale scale) {
    settings.lossScale = Optional.of(scale);
    return this;
  }

  /** Data to look at while training. */
  public Training validate(DataSource source) {
    settings.validation = Optional.of(settings.coded(source));
    return this;
  }

  /** Data to look at while training, and when to stop, keeping the best model. */
  public Training validate(DataSource source, EarlyStopping rule) {
    settings.stopping = Optional.of(rule);
    return validate(source);
  }

  /** Data to look at while training, from a table as {@link #data(Dataset, String, String)}. */
  public Training validate(org.apache.spark.sql.Dataset<?> table, String features, String label) {
    settings.validation =
        Optional.of(new RunData.OfRows(settings.rows(table, features, label), settings.network));
    return this;
  }

  /** Data to look at while training, as {@link #data(JavaRDD)}: by its loss. */
  public Training validate(JavaRDD<DataSet> dataSets) {
    settings.validation = Optional.of(new RunData.OfDataSets(dataSets.map(PackedDataSet::of)));
    return this;
  }

  /** When to stop early, keeping the best model; needs data to validate on. */
  public Training stopEarly(EarlyStopping rule) {
    settings.stopping = Optional.of(rule);
    return this;
  }

  /** How often to look at validation data. Default: each epoch. */
  public Training validateEvery(Cadence often) {
    settings.validateEvery = often;
    return this;
  }

  /** Where checkpoints go, on any file system; unless resumed, older ones there are removed. */
  public Training checkpoints(String folder) {
    return checkpoints(HadoopCheckpointFolder.at(folder, settings.spark.hadoopConfiguration()));
  }

  /** Where checkpoints go: a folder of this machine. */
  public Training checkpoints(Path folder) {
    return checkpoints(CheckpointFolder.of(folder));
  }

  /** Where checkpoints go. */
  public Training checkpoints(CheckpointFolder folder) {
    settings.checkpoints = Optional.of(folder);
    return this;
  }

  /** How often a checkpoint is written. Default: each epoch, and where training ends. */
  public Training checkpointEvery(Cadence often) {
    settings.checkpointEvery = often;
    return this;
  }

  /** How many checkpoints to keep. Default: 3. */
  public Training keep(int count) {
    settings.kept = Settings.atLeastOne("keep", count);
    return this;
  }

  /** Goes on from the newest checkpoint, as if training had never stopped. */
  public Training resume() {
    settings.resumes = true;
    return this;
  }

  /**
   * Loads the data, for those who want to see what a run will be before it begins.
   *
   * @throws IllegalArgumentException if settings contradict each other
   * @throws dev.lockstep.data.DataError if data cannot be read, or there is none
   * @throws dev.lockstep.models.ModelError if the network does not take it
   */
  public PreparedRun prepare() {
    settings.check();
    return PreparedRun.of(settings);
  }

  /**
   * Trains; throws also what {@link #prepare} does.
   *
   * @throws DivergenceException if the loss is no finite number any more
   * @throws CannotResume if there is nothing to go on from
   */
  public TrainedModel run() {
    try (PreparedRun run = prepare()) {
      return run.run();
    }
  }
}
