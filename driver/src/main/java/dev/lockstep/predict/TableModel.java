package dev.lockstep.predict;

import dev.lockstep.data.Normalisation;
import dev.lockstep.data.Normaliser;
import dev.lockstep.data.Preprocessing;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Schema.FeatureType;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.data.recipe.TableRecipe;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.SharedNetwork;
import dev.lockstep.models.TrainerFactory;
import dev.lockstep.models.file.ModelFile;
import dev.lockstep.predict.PredictError.Problem;
import dev.lockstep.table.NetworkShape;
import dev.lockstep.table.NetworkTask;
import dev.lockstep.train.ModelInputs;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A network that predicts rows. Sent as a broadcast, each executor process has one, and all its
 * tasks use the same network; it goes when the broadcast is destroyed.
 */
public final class TableModel implements Serializable {
  private static final long serialVersionUID = 1;

  private final String id;
  private final TrainerFactory networks;
  private final float[] parameters;
  private final Normalisation normalisation;
  private final Schema schema;
  private final List<String> targets;
  private final NetworkTask task;
  private transient SharedNetwork network;

  private TableModel(
      String id,
      TrainerFactory networks,
      float[] parameters,
      Normalisation normalisation,
      Schema schema,
      List<String> targets,
      NetworkTask task) {
    this.id = id;
    this.networks = networks;
    this.parameters = parameters;
    this.normalisation = normalisation;
    this.schema = schema;
    this.targets = targets;
    this.task = task;
  }

  /**
   * Of a model that was read.
   *
   * @param path where it was read from, to be named in errors
   * @throws PredictError if it does not say what it takes, or gives nothing that can be told
   */
  public static TableModel of(ModelFile file, Path path) {
    try {
      Schema schema = schema(file, path);
      return new TableModel(
          PictureModels.id(file.definition(), file.state().parameters()),
          NetworkShape.trainers(
              file.definition(),
              LocalStep.AUTO,
              schema,
              ModelInputs.recipe(file, path).map(Preprocessing.class::cast)),
          file.state().parameters(),
          ModelInputs.normalisation(file, path, schema),
          schema,
          targets(ModelInputs.labels(file, path), schema.targets()),
          NetworkShape.task(file.definition(), schema));
    } catch (ModelError e) {
      String message = e.getMessage().startsWith(path + ":") ? "%2$s" : "%s: %s";
      throw new PredictError(Problem.WRONG_SHAPE, message.formatted(path, e.getMessage()), e);
    }
  }

  private static Schema schema(ModelFile file, Path path) {
    Optional<List<String>> names = ModelInputs.classNames(file, path);
    NetworkShape network = NetworkShape.of(file.definition()).naming(names.orElse(List.of()));
    Optional<ImagePreprocessing> pictures = ModelInputs.pictures(file, path);
    List<Integer> shape =
        pictures
            .map(ImagePreprocessing::shape)
            .orElseGet(() -> List.of(width(file, path, network)));
    FeatureType type = pictures.isPresent() ? FeatureType.UINT8 : FeatureType.FLOAT32;
    return names.isPresent() || network.task() == NetworkTask.CLASSIFICATION
        ? Schema.classification(shape, type, ModelInputs.classNames(file, path, network.classes()))
            .withCoding(network.coding())
        : Schema.regression(shape, type, network.outputs());
  }

  private static int width(ModelFile file, Path path, NetworkShape network) {
    Optional<TableRecipe> recipe = ModelInputs.recipe(file, path);
    List<String> columns = ModelInputs.columns(file, path);
    if (recipe.isPresent()) {
      return recipe.get().width();
    }
    if (!columns.isEmpty()) {
      return columns.size();
    }
    return network
        .inputs()
        .orElseThrow(
            () -> new ModelError("the model does not say what it takes: save it with lockstep"));
  }

  private static List<String> targets(List<String> known, int count) {
    return known.size() == count ? known : Schema.numbered(count);
  }

  public String id() {
    return id;
  }

  /** What it is for. */
  public NetworkTask task() {
    return task;
  }

  /** Names by number; none where it tells no classes. */
  public List<String> classes() {
    return schema.classNames();
  }

  /** What each number or label that it predicts is called; none of a classifier. */
  public List<String> targets() {
    return targets;
  }

  /** How many values a row becomes. */
  public int features() {
    return schema.featureLength();
  }

  Normaliser normaliser() {
    return new Normaliser(normalisation);
  }

  /** How many values it gives for a row: probabilities of classes or labels, or numbers. */
  int outputs() {
    return schema.classes() > 0 ? schema.classes() : schema.targets();
  }

  /**
   * What the network says of rows.
   *
   * @param features float32 [rows, features], normalised
   * @return float32 [rows, outputs]: probabilities, or numbers as data has them
   */
  float[] output(float[] features, int rows) {
    float[] output = network().output(features, rows);
    if (schema.classes() > 0) {
      return schema.coding().probabilities(output);
    }
    normalisation.restoreTargets(output);
    return output;
  }

  private synchronized SharedNetwork network() {
    if (network == null) {
      network = networks.newSharedNetwork(parameters);
    }
    return network;
  }
}
