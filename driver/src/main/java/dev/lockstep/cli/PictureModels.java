package dev.lockstep.cli;

import dev.lockstep.data.Schema;
import dev.lockstep.data.image.ImageFit;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.data.image.Inversion;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.ModelFile;
import dev.lockstep.models.ModelState;
import dev.lockstep.predict.PictureModel;
import dev.lockstep.task.ModelInputs;
import java.nio.file.Path;
import java.util.List;

/** Saved models as classifiers of pictures. */
final class PictureModels {
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
    ModelShape.expect(file.definition(), schema, path);
    return new PictureModel(
        "%08x".formatted(state.hashCode()),
        LocalTrainers.factory(file.definition(), LocalStep.AUTO, classes, schema.shape()),
        state,
        chosen,
        ModelInputs.normalisation(file, path, schema),
        classes);
  }

  private static ImagePreprocessing preprocessing(Path path, ModelFile file) {
    return ModelInputs.pictures(file, path)
        .orElseGet(
            () -> {
              int side = (int) Math.round(Math.sqrt(ModelShape.inputs(file, path)));
              return new ImagePreprocessing(side, side, ImageFit.MNIST, Inversion.AUTO);
            });
  }
}
