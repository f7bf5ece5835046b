package dev.lockstep.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.data.Schema;
import dev.lockstep.data.image.ImageFit;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.data.image.Inversion;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.ModelFile;
import dev.lockstep.models.ModelState;
import dev.lockstep.predict.PictureModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Saved models as classifiers of pictures. */
final class PictureModels {
  /** The entry of a model file that says how pictures are prepared. */
  static final String PREPROCESSING = "preprocessing.json";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private PictureModels() {}

  /**
   * Opens a model.
   *
   * @param fit null for the one it was saved with
   * @param inversion null for the one it was saved with
   */
  static PictureModel open(Path path, ImageFit fit, Inversion inversion) {
    ModelFile file = ModelDirectory.open(path);
    ModelState state = file.state();
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
        "%08x".formatted(state.hashCode()),
        LocalTrainers.factory(file.definition(), LocalStep.AUTO, classes, schema.featureLength()),
        state,
        chosen,
        classes);
  }

  static byte[] toJson(ImagePreprocessing preprocessing) {
    try {
      return JSON.writeValueAsBytes(preprocessing);
    } catch (IOException e) {
      throw new IllegalStateException("this is always valid JSON", e);
    }
  }

  private static ImagePreprocessing preprocessing(Path path, ModelFile file) {
    byte[] json = file.extra(PREPROCESSING);
    if (json == null) {
      int side = (int) Math.round(Math.sqrt(ModelShape.inputs(file, path)));
      return new ImagePreprocessing(side, side, ImageFit.MNIST, Inversion.AUTO);
    }
    try {
      return JSON.readValue(json, ImagePreprocessing.class);
    } catch (IOException e) {
      throw new UserError("%s: %s: %s".formatted(path, PREPROCESSING, e.getMessage()));
    }
  }
}
