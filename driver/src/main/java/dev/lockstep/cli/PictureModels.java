package dev.lockstep.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.data.Schema;
import dev.lockstep.data.image.ImageFit;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.data.image.Inversion;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.ModelFile;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.predict.PictureModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/** Saved models as classifiers of pictures. */
final class PictureModels {
  /** The entry of a model file that says how pictures are prepared. */
  static final String PREPROCESSING = "preprocessing.json";

  /** The entry of a model file that says what the classes are called, by number. */
  static final String CLASSES = "classes.json";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int ID_LENGTH = 16;

  private PictureModels() {}

  /**
   * Opens a model.
   *
   * @param fit null for the one it was saved with
   * @param inversion null for the one it was saved with
   */
  static PictureModel open(Path path, ImageFit fit, Inversion inversion) {
    ModelFile file = ModelDirectory.open(path);
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
    ModelShape.expect(file, schema, path);
    return new PictureModel(
        id(file.definition(), parameters),
        LocalTrainers.factory(file.definition(), LocalStep.AUTO, classes, schema.featureLength()),
        parameters,
        chosen,
        classNames(path, file, classes));
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

  /** For an entry of a model file. */
  static byte[] toJson(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (IOException e) {
      throw new IllegalStateException("this is always valid JSON", e);
    }
  }

  private static ImagePreprocessing preprocessing(Path path, ModelFile file) {
    ImagePreprocessing saved =
        read(path, file, PREPROCESSING, new TypeReference<ImagePreprocessing>() {});
    if (saved != null) {
      return saved;
    }
    long inputs = ModelShape.inputs(file, path);
    int side = (int) Math.round(Math.sqrt(inputs));
    if ((long) side * side != inputs) {
      throw new UserError(
          ExitCode.WRONG_SHAPE,
          "%s: takes %d values, which are no square picture, and does not say how pictures become them"
              .formatted(path, inputs));
    }
    return new ImagePreprocessing(side, side, ImageFit.MNIST, Inversion.AUTO);
  }

  private static List<String> classNames(Path path, ModelFile file, int classes) {
    List<String> names = read(path, file, CLASSES, new TypeReference<List<String>>() {});
    if (names == null) {
      return IntStream.range(0, classes).mapToObj(String::valueOf).toList();
    }
    if (names.size() != classes) {
      throw new UserError(
          "%s: %s: expected names of %d classes, found %d"
              .formatted(path, CLASSES, classes, names.size()));
    }
    return names;
  }

  private static <T> T read(Path path, ModelFile file, String entry, TypeReference<T> type) {
    byte[] json = file.extra(entry);
    try {
      return json == null ? null : JSON.readValue(json, type);
    } catch (IOException e) {
      throw new UserError("%s: %s: %s".formatted(path, entry, e.getMessage()));
    }
  }
}
