package dev.lockstep.cli;

import dev.lockstep.data.Schema;
import dev.lockstep.data.image.ImageFit;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.data.image.Inversion;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.file.ModelFile;
import dev.lockstep.predict.PictureModel;
import dev.lockstep.train.ModelInputs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Saved models as classifiers of pictures. */
final class PictureModels {
  private static final int ID_LENGTH = 16;

  private PictureModels() {}

  /**
   * Opens a model.
   *
   * @param fit null for the one it was saved with
   * @param inversion null for the one it was saved with
   */
  static PictureModel open(Path path, ImageFit fit, Inversion inversion) {
    ModelFile file = ModelDirectory.open(path, ExitCode.NO_MODEL);
    float[] parameters = file.state().parameters();
    ImagePreprocessing saved = preprocessing(path, file);
    ImagePreprocessing chosen =
        new ImagePreprocessing(
            saved.width(),
            saved.height(),
            fit == null ? saved.fit() : fit,
            inversion == null ? saved.inversion() : inversion);
    int classes = ModelShape.outputs(file, path);
    Schema schema = Schema.classification(List.of(chosen.height(), chosen.width()), classes);
    ModelShape.expect(file.definition(), schema, path);
    return new PictureModel(
        id(file.definition(), parameters),
        LocalTrainers.factory(file.definition(), LocalStep.AUTO, classes, schema.shape()),
        parameters,
        chosen,
        ModelInputs.normalisation(file, path, schema),
        ModelInputs.classNames(file, path, classes));
  }

  /** The head of the SHA-256 of what the network is. */
  private static String id(NetworkDefinition network, float[] parameters) {
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
    long inputs = ModelShape.inputs(file, path);
    int side = (int) Math.round(Math.sqrt(inputs));
    if ((long) side * side != inputs) {
      throw new UserError(
          ExitCode.WRONG_SHAPE,
          "%s: the model takes %d values, which are no square picture".formatted(path, inputs));
    }
    return new ImagePreprocessing(side, side, ImageFit.MNIST, Inversion.AUTO);
  }
}
