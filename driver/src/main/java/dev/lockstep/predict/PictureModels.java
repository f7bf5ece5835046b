package dev.lockstep.predict;

import dev.lockstep.data.ClassCoding;
import dev.lockstep.data.Schema;
import dev.lockstep.data.image.Channels;
import dev.lockstep.data.image.ImageFit;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.data.image.Inversion;
import dev.lockstep.data.image.PictureChoice;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.TrainerFactory;
import dev.lockstep.models.dl4j.InputChannels;
import dev.lockstep.models.file.ModelFile;
import dev.lockstep.predict.PredictError.Problem;
import dev.lockstep.table.NetworkShape;
import dev.lockstep.table.NetworkTask;
import dev.lockstep.train.ModelInputs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Saved models as classifiers of pictures. */
public final class PictureModels {
  private static final int ID_LENGTH = 16;

  private PictureModels() {}

  /**
   * Of a model that was read.
   *
   * @param path where it was read from, to be named in errors
   * @param fit null for the one it was saved with
   * @param inversion null for the one it was saved with
   * @throws PredictError if it is no classifier of pictures
   */
  public static PictureModel of(ModelFile file, Path path, ImageFit fit, Inversion inversion) {
    float[] parameters = file.state().parameters();
    ImagePreprocessing saved = preprocessing(path, file);
    ImagePreprocessing chosen = new PictureChoice(null, fit, inversion, null).over(saved);
    int classes = outputs(file, path);
    ClassCoding coding = NetworkShape.of(file.definition()).coding();
    Schema schema = Schema.classification(chosen.shape(), classes).withCoding(coding);
    return new PictureModel(
        id(file.definition(), parameters),
        networks(file, path, schema),
        parameters,
        chosen,
        ModelInputs.normalisation(file, path, schema),
        ModelInputs.classNames(file, path, classes),
        coding);
  }

  private static TrainerFactory networks(ModelFile file, Path path, Schema schema) {
    try {
      return LocalTrainers.factory(
          file.definition(), LocalStep.AUTO, schema.labelLength(), schema.shape());
    } catch (ModelError e) {
      throw new PredictError(Problem.WRONG_SHAPE, "%s: %s".formatted(path, e.getMessage()), e);
    }
  }

  /** The head of the SHA-256 of what the network is. */
  static String id(NetworkDefinition network, float[] parameters) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(parameters.length, Float.BYTES));
    bytes.asFloatBuffer().put(parameters);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(network.json().getBytes(StandardCharsets.UTF_8));
      digest.update(bytes);
      return HexFormat.of().formatHex(digest.digest()).substring(0, ID_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static ImagePreprocessing preprocessing(Path path, ModelFile file) {
    return ModelInputs.pictures(file, path).orElseGet(() -> square(path, file));
  }

  private static ImagePreprocessing square(Path path, ModelFile file) {
    Optional<Channels> colours =
        InputChannels.of(file.definition()).flatMap(Channels::of).filter(c -> c != Channels.GREY);
    if (colours.isPresent()) {
      throw new PredictError(
          Problem.WRONG_SHAPE,
          path
              + ": the model takes pictures in colour, but does not say of which size: save it with"
              + " lockstep");
    }
    long inputs = inputs(file, path);
    int side = (int) Math.round(Math.sqrt(inputs));
    if ((long) side * side != inputs) {
      throw new PredictError(
          Problem.WRONG_SHAPE,
          "%s: the model takes %d values, which are no square picture".formatted(path, inputs));
    }
    return new ImagePreprocessing(side, side, ImageFit.MNIST, Inversion.AUTO);
  }

  /**
   * How many values a stack of layers takes.
   *
   * @throws PredictError if the first layer does not say
   */
  private static long inputs(ModelFile file, Path path) {
    if (file.network() instanceof MultiLayerNetwork network
        && network.getLayer(0).conf().getLayer() instanceof FeedForwardLayer first) {
      return first.getNIn();
    }
    throw new PredictError(
        Problem.WRONG_SHAPE,
        path + ": the model does not say what it takes: save it with lockstep");
  }

  /**
   * How many classes a classifier tells apart.
   *
   * @throws PredictError if it is none
   */
  private static int outputs(ModelFile file, Path path) {
    if (NetworkShape.outputs(file.definition()) > 0) {
      NetworkShape shape =
          NetworkShape.of(file.definition())
              .naming(ModelInputs.classNames(file, path).orElse(List.of()));
      // What others have saved does not say which classes it knows.
      if (shape.task() == NetworkTask.CLASSIFICATION
          || shape.outputs() > 1 && !ModelInputs.isSaved(file)) {
        return shape.classes();
      }
    }
    throw new PredictError(
        Problem.WRONG_SHAPE, path + ": expected a classifier, found a network of another kind");
  }
}
