package dev.lockstep.task;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.Normalisation;
import dev.lockstep.data.NormalisationMethod;
import dev.lockstep.data.PictureShape;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Schema.FeatureType;
import dev.lockstep.data.TargetMethod;
import dev.lockstep.data.augment.Augmentation;
import dev.lockstep.data.image.Channels;
import dev.lockstep.data.image.ImageFit;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.data.image.Inversion;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.file.NetworkFile;
import dev.lockstep.models.network.ClassWeights;
import dev.lockstep.models.network.FineTuning;
import dev.lockstep.models.network.NetworkOutline;
import dev.lockstep.models.network.NetworkTuning;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.train.LossScale;
import dev.lockstep.train.ModelInputs;
import dev.lockstep.train.NormalisationChoice;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * A network that somebody brings, on their data.
 *
 * @param file the network
 * @param data what was said of the data, by name
 * @param chosen how features are normalised; empty for that of the model that is trained on, or the
 *     usual
 * @param chosenTargets how regression targets are; likewise
 * @param given how features are normalised, where it was said in numbers
 * @param tuning how the network, whose definition has it already, was changed from its model
 * @param weights how much examples of each class count; empty where all count alike
 * @param augmentation how pictures are changed while they are trained
 */
public record CustomTask(
    NetworkFile file,
    Map<String, Object> data,
    DataSource training,
    Optional<DataSource> validation,
    Optional<DataSource> test,
    Optional<NormalisationMethod> chosen,
    Optional<TargetMethod> chosenTargets,
    Augmentation augmentation,
    Optional<Normalisation> given,
    FineTuning tuning,
    Optional<ClassWeights> weights)
    implements TrainingTask {
  private static final int EPOCHS = 10;
  private static final int MNIST_SIDE = 28;

  /** Far enough for any schedule to have changed the learning rate. */
  private static final int LATE = 1_000_000;

  @Override
  public String name() {
    return "custom";
  }

  /** The network by its content, so that a run is not resumed with another one of that name. */
  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new TreeMap<>(data);
    tuning.freezeUntil().ifPresent(layer -> settings.put("freeze", layer));
    weights.ifPresent(known -> settings.put("classWeights", known.weights().toString()));
    tuning.classes().ifPresent(classes -> settings.put("newOutput", classes));
    chosen.ifPresent(method -> settings.put("normalise", lower(method)));
    chosenTargets.ifPresent(method -> settings.put("normaliseTargets", lower(method)));
    given.ifPresent(
        known ->
            settings.put(
                "normalise", "offset %s, factor %s".formatted(known.offsets(), known.factors())));
    if (!augmentation.isNone()) {
      settings.put("augment", augmentation.toString());
    }
    settings.put("network", "%08x".formatted(Objects.hash(file.definition().json(), file.state())));
    return settings;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** With the network's own update rules, unless others are chosen. */
  @Override
  public Start start(StartChoice choice) {
    NetworkDefinition tuned = tuning(choice).apply(file.definition());
    NetworkDefinition network = weights.map(known -> known.apply(tuned)).orElse(tuned);
    if (!tuning.equals(FineTuning.NONE)) {
      NetworkDefinition old = file.model().orElseThrow().definition();
      return started(network, tuning.start(old, file.state().orElseThrow(), network));
    }
    ModelState fresh = Dl4jLocalTrainer.stateOf(network.newNetwork());
    return started(
        network, file.state().map(saved -> continued(saved, fresh, choice)).orElse(fresh));
  }

  @Override
  public double warmup(StartChoice choice) {
    return choice.learningRate().isPresent()
        ? 0
        : choice.optimizer().map(rule -> rule.usualWarmup(minibatches(choice))).orElse(0.0);
  }

  /** Of one process, that the workers' minibatches make together in a step. */
  private double minibatches(StartChoice choice) {
    int scaling = file.definition().dividesByMinibatch() ? choice.workers() : choice.averaged();
    return scaling * choice.share();
  }

  private static Start started(NetworkDefinition network, ModelState state) {
    List<IUpdater> updaters =
        NetworkOutline.of(network).nodes().stream()
            .flatMap(node -> node.updater().stream())
            .filter(IUpdater::hasLearningRate)
            .distinct()
            .toList();
    return new Start(
        network,
        state,
        updaters.stream()
            .map(updater -> updater.getClass().getSimpleName().toLowerCase(Locale.ROOT))
            .distinct()
            .reduce((one, other) -> one + "+" + other)
            .orElse("no updater"),
        learningRate(updaters));
  }

  /** A rate that nobody gave fits the number of workers. */
  private NetworkTuning tuning(StartChoice choice) {
    double minibatches = minibatches(choice);
    return new NetworkTuning(
        choice.seed(),
        choice
            .optimizer()
            .map(
                optimizer ->
                    choice.learningRate().isPresent()
                        ? optimizer.updater(choice.learningRate().getAsDouble())
                        : optimizer.usualUpdater(minibatches, choice.decays(minibatches))),
        choice.learningRate());
  }

  /** What another update rule remembers is of no use to the new one. */
  private static ModelState continued(ModelState saved, ModelState fresh, StartChoice choice) {
    return choice.optimizer().isPresent()
        ? new ModelState(saved.parameters(), fresh.updaterState(), 0)
        : new ModelState(saved.parameters(), saved.updaterState(), saved.updates());
  }

  private static OptionalDouble learningRate(List<IUpdater> updaters) {
    double[] rates =
        updaters.stream()
            .flatMap(u -> List.of(u.getLearningRate(0, 0), u.getLearningRate(LATE, LATE)).stream())
            .mapToDouble(Double::doubleValue)
            .distinct()
            .toArray();
    return rates.length == 1 ? OptionalDouble.of(rates[0]) : OptionalDouble.empty();
  }

  @Override
  public TrainingLength length() {
    return new TrainingLength.Epochs(EPOCHS);
  }

  @Override
  public Ordering ordering() {
    return Ordering.SHUFFLED;
  }

  /** Only full minibatches but the last: statistics of a batch of two or three are none. */
  @Override
  public EpochEnd epochEnd() {
    return EpochEnd.RUN_ON;
  }

  @Override
  public LossScale lossScale() {
    return file.definition().dividesByMinibatch() ? LossScale.EXAMPLE : LossScale.MINIBATCH;
  }

  /** A model that is trained on goes on seeing what it has learnt from. */
  @Override
  public NormalisationChoice normalisation() {
    return new NormalisationChoice(
        chosen,
        given.isPresent() && chosenTargets.isEmpty() && file.model().isEmpty()
            ? Optional.of(TargetMethod.AUTO)
            : chosenTargets,
        given.or(() -> learnt()));
  }

  private Optional<Normalisation> learnt() {
    return file.model()
        .map(
            model ->
                ModelInputs.normalisation(model, file.path())
                    .orElseGet(() -> Normalisation.usual(training.schema())));
  }

  /** As the data was prepared; pictures that came as numbers, by their size. */
  @Override
  public Optional<ImagePreprocessing> preprocessing() {
    Schema schema = training.schema();
    boolean pictures = schema.featureType() == FeatureType.UINT8 && schema.picture().isPresent();
    return ImagePreprocessing.of(training.preprocessing())
        .or(() -> pictures ? schema.picture().map(CustomTask::bySize) : Optional.empty());
  }

  private static ImagePreprocessing bySize(PictureShape shape) {
    boolean mnist = shape.equals(new PictureShape(MNIST_SIDE, MNIST_SIDE, 1));
    Channels channels = Channels.of(shape.channels()).orElseThrow();
    ImageFit usual = channels == Channels.GREY ? ImageFit.STRETCH : ImageFit.CROP;
    return new ImagePreprocessing(
        shape.width(),
        shape.height(),
        mnist ? ImageFit.MNIST : usual,
        mnist ? Inversion.AUTO : Inversion.NO,
        channels);
  }
}
