package dev.lockstep.train;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.NormalisationMethod;
import dev.lockstep.data.Schema.FeatureType;
import dev.lockstep.data.TargetMethod;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.dataset.PackedDataSet;
import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.dl4j.StepObserver;
import dev.lockstep.models.file.CheckpointFolder;
import dev.lockstep.models.file.NetworkFile;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.ParameterAveraging;
import dev.lockstep.strategy.Shards;
import dev.lockstep.strategy.Strategy;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.table.NetworkShape;
import dev.lockstep.table.Rows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.nd4j.linalg.dataset.DataSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
public final class Training {
  private static final Logger LOG = LoggerFactory.getLogger(Training.class);

  final JavaSparkContext spark;
  final NetworkDefinition network;
  final ModelState start;
  String id = UUID.randomUUID().toString();
  RunData data;
  Optional<FeatureType> featureType = Optional.empty();
  NormalisationChoice normalisation;
  Optional<ImagePreprocessing> pictures = Optional.empty();
  OptionalInt workers = OptionalInt.empty();
  int minibatch = 32;
  TrainingLength length = new TrainingLength.Epochs(10);
  int epochsBefore;
  EpochEnd epochEnd = EpochEnd.RUN_ON;
  Ordering ordering = Ordering.SHUFFLED;
  Strategy strategy = ParameterAveraging.every(10);
  LocalStep localStep = LocalStep.AUTO;
  StepObserver stepObserver = StepObserver.NONE;
  long seed = 1;
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

  private Training(
      JavaSparkContext spark,
      NetworkDefinition network,
      ModelState start,
      NormalisationChoice normalisation) {
    this.spark = Objects.requireNonNull(spark, "spark");
    this.network = network;
    this.start = start;
    this.normalisation = normalisation;
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
   * A file: the JSON of a configuration, or a model zip, which is trained on from where it is, with
   * data normalised as it was.
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
            learnt ->
                training.normalisation =
                    new NormalisationChoice(
                        Optional.empty(), Optional.empty(), Optional.of(learnt)));
    return training;
  }

  /** A network by its definition, such as {@link NetworkDefinition#ofJson} of JSON. */
  public static Training of(JavaSparkContext spark, NetworkDefinition network) {
    return new Training(
        spark,
        network,
        Dl4jLocalTrainer.stateOf(network.newNetwork()),
        new NormalisationChoice(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  /** A network that starts from a state; regression targets stay as they are, unless chosen. */
  public static Training of(JavaSparkContext spark, NetworkDefinition network, ModelState start) {
    return new Training(spark, network, start, NormalisationChoice.OF_FEATURES);
  }

  /** What is trained, from files or any other source. */
  public Training data(DataSource source) {
    data = new RunData.OfSource(NetworkShape.coded(source, network));
    return this;
  }

  /**
   * What is trained, from a table.
   *
   * @param features name of the column of vectors or arrays of numbers
   * @param label name of the column of class numbers from 0 where the network ends in softmax, else
   *     of numbers or vectors of them
   */
  public Training data(org.apache.spark.sql.Dataset<?> table, String features, String label) {
    return data(new Rows(table, features, label, NetworkShape.of(network)));
  }

  /** What is trained, from a table. */
  public Training data(Rows rows) {
    data = new RunData.OfRows(rows, network);
    return this;
  }

  /** What is trained, with masks and sequences of several lengths if it has them. */
  public Training data(JavaRDD<DataSet> dataSets) {
    data = new RunData.OfDataSets(dataSets.map(PackedDataSet::of));
    return this;
  }

  /**
   * What is trained: examples that workers hold, one block each; whoever loaded them closes them.
   */
  public Training data(Shards held) {
    data = new RunData.Held(held, Optional.empty());
    return this;
  }

  /**
   * The same.
   *
   * @param layout where the network's arrays are in an example
   */
  public Training data(Shards held, ExampleLayout layout) {
    data = new RunData.Held(held, Optional.of(layout));
    return this;
  }

  /**
   * How features come into a range that trains well; kept with the model. Default: as they are
   * read, pixels from 0 to 1.
   */
  public Training normalise(NormalisationMethod method) {
    normalisation = normalisation.withFeatures(method);
    return this;
  }

  /**
   * How regression targets come into a range that trains well; kept with the model, which gives its
   * predictions and their errors in the data's units. Losses are of what is learnt. Default: {@link
   * TargetMethod#AUTO} where training begins; where a network is trained on, as it was learnt. Does
   * not apply to {@link #data(JavaRDD) DataSets} and what workers hold already.
   */
  public Training normaliseTargets(TargetMethod method) {
    normalisation = normalisation.withTargets(method);
    return this;
  }

  /** How features and targets are normalised. */
  public Training normalise(NormalisationChoice choice) {
    normalisation = choice;
    return this;
  }

  /** As what features are normalised. Default: as what they are held. */
  public Training featuresAs(FeatureType type) {
    featureType = Optional.of(type);
    return this;
  }

  /** How pictures became features, kept with the model. Default: as the source says. */
  public Training pictures(ImagePreprocessing preprocessing) {
    pictures = Optional.of(preprocessing);
    return this;
  }

  /** How many replicas train in parallel. Default: as many as Spark has cores. */
  public Training workers(int count) {
    workers = OptionalInt.of(Settings.atLeastOne("workers", count));
    return this;
  }

  /** Examples in a minibatch of one worker. Default: 32. */
  public Training minibatch(int examples) {
    minibatch = Settings.atLeastOne("minibatch", examples);
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
    length = howLong;
    return this;
  }

  /** Trains those epochs only that follow so many whole ones. Default: 0. */
  public Training after(int epochs) {
    if (epochs < 0) {
      throw new IllegalArgumentException("after must be at least 0 epochs, not " + epochs);
    }
    epochsBefore = epochs;
    return this;
  }

  /** What becomes of examples that do not fill a minibatch. Default: they run on. */
  public Training epochEnd(EpochEnd end) {
    epochEnd = end;
    return this;
  }

  /** The order of a worker's examples in each epoch. Default: shuffled. */
  public Training ordering(Ordering order) {
    ordering = order;
    return this;
  }

  /** How workers combine what they learn. Default: averaging parameters every 10 minibatches. */
  public Training strategy(Strategy how) {
    strategy = how;
    return this;
  }

  /** What computes a minibatch. Default: the fastest that knows the network. */
  public Training localStep(LocalStep step) {
    localStep = step;
    return this;
  }

  /** Sees each minibatch on workers; such minibatches are computed by DL4J. */
  public Training observe(StepObserver observer) {
    stepObserver = observer;
    return this;
  }

  /** Of all that is random but the network's initial parameters. Default: 1. */
  public Training seed(long value) {
    seed = value;
    return this;
  }

  /** What losses are a mean over. Default: examples, if the network's own loss is a mean. */
  public Training lossScale(LossScale scale) {
    lossScale = Optional.of(scale);
    return this;
  }

  /** How often listeners are shown figures and the state. Default: each epoch. */
  public Training display(Cadence often) {
    display = often;
    return this;
  }

  /** Data to look at while training. */
  public Training validate(DataSource source) {
    validation = Optional.of(new RunData.OfSource(NetworkShape.coded(source, network)));
    return this;
  }

  /** Data to look at while training, and when to stop, keeping the best model. */
  public Training validate(DataSource source, EarlyStopping rule) {
    stopping = Optional.of(rule);
    return validate(source);
  }

  /** Data to look at while training, from a table as {@link #data(Dataset, String, String)}. */
  public Training validate(org.apache.spark.sql.Dataset<?> table, String features, String label) {
    validation =
        Optional.of(
            new RunData.OfRows(
                new Rows(table, features, label, NetworkShape.of(network)), network));
    return this;
  }

  /** Data to look at while training, as {@link #data(JavaRDD)}: by its loss. */
  public Training validate(JavaRDD<DataSet> dataSets) {
    validation = Optional.of(new RunData.OfDataSets(dataSets.map(PackedDataSet::of)));
    return this;
  }

  /** When to stop early, keeping the best model; needs data to validate on. */
  public Training stopEarly(EarlyStopping rule) {
    stopping = Optional.of(rule);
    return this;
  }

  /** How often to look at validation data. Default: each epoch. */
  public Training validateEvery(Cadence often) {
    validateEvery = often;
    return this;
  }

  /**
   * Where checkpoints go: a folder of any file system that Hadoop knows, by default the cluster's.
   * Unless the run is resumed, older ones there are removed.
   */
  public Training checkpoints(String folder) {
    checkpoints = Optional.of(HadoopCheckpointFolder.at(folder, spark.hadoopConfiguration()));
    return this;
  }

  /** Where checkpoints go: a folder of this machine. */
  public Training checkpoints(Path folder) {
    checkpoints = Optional.of(CheckpointFolder.of(folder));
    return this;
  }

  /** How often a checkpoint is written. Default: each epoch, and where training ends. */
  public Training checkpointEvery(Cadence often) {
    checkpointEvery = often;
    return this;
  }

  /** How many checkpoints to keep. Default: 3. */
  public Training keep(int count) {
    kept = Settings.atLeastOne("keep", count);
    return this;
  }

  /** Goes on from the newest checkpoint, as if training had never stopped. */
  public Training resume() {
    resumes = true;
    return this;
  }

  /**
   * What checkpoints keep of the settings, by name; a run that resumes them must have the same but
   * for epochs and steps. Default: the settings that determine the parameters.
   */
  public Training config(Map<String, Object> settings) {
    config = Optional.of(settings);
    return this;
  }

  /** Watches the run. */
  public Training listen(RunListener listener) {
    listeners.add(listener);
    return this;
  }

  /** Asked about once a second; once true, the run ends with a checkpoint. */
  public Training interruptedBy(BooleanSupplier asked) {
    interrupted = asked;
    return this;
  }

  /** Told in one line what a user may want to know of how the run goes. Default: logged. */
  public Training notices(Consumer<String> told) {
    notice = told;
    return this;
  }

  /** Told in one line what is wrong but does not end the run. Default: logged. */
  public Training warnings(Consumer<String> told) {
    warning = told;
    return this;
  }

  /** Told how many examples of a source could be read. Default: a warning if not all could. */
  public Training loaded(ObjLongConsumer<DataSource> told) {
    loaded = told;
    return this;
  }

  private void tellLeftOut(DataSource source, long read) {
    if (read < source.count()) {
      warning.accept(
          "%d of %d examples could not be read and were left out"
              .formatted(source.count() - read, source.count()));
    }
  }

  /** Runs of the same id, network and data share the replicas that executors keep. */
  public Training id(String shared) {
    id = shared;
    return this;
  }

  /**
   * Loads the data, for those who want to see what a run will be before it begins.
   *
   * @throws IllegalArgumentException if settings contradict each other
   * @throws dev.lockstep.data.DataError if data cannot be read, or there is none
   * @throws dev.lockstep.models.ModelError if the network does not take such data
   */
  public PreparedRun prepare() {
    Settings.check(this);
    return PreparedRun.of(this);
  }

  /**
   * Trains.
   *
   * @throws IllegalArgumentException if settings contradict each other
   * @throws dev.lockstep.data.DataError if data cannot be read, or there is none
   * @throws dev.lockstep.models.ModelError if the network does not take such data
   * @throws DivergenceException if the loss is no finite number any more
   * @throws CannotResume if there is nothing to go on from
   */
  public TrainedModel run() {
    try (PreparedRun run = prepare()) {
      return run.run();
    }
  }
}
