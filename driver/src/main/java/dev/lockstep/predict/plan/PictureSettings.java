package dev.lockstep.predict.plan;

import dev.lockstep.data.DataError;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.predict.PictureModel;
import dev.lockstep.predict.output.OutputFormat;
import java.util.List;
import java.util.Locale;

/**
 * What predictions depend on, but for the pictures.
 *
 * @param top how many of the most probable classes are named
 * @param labels where it is said what pictures show
 */
record PictureSettings(
    String model,
    ImagePreprocessing preprocessing,
    List<String> classes,
    OutputFormat format,
    int top,
    String labels) {

  static PictureSettings of(PredictionRun.Request request, OutputFormat format) {
    PictureModel model = request.model();
    return new PictureSettings(
        model.id(),
        model.preprocessing(),
        model.classes(),
        format,
        request.top(),
        request.labels().description());
  }

  /**
   * Refuses to mix.
   *
   * @throws DataError if these earlier settings differ, naming the first that does
   */
  void expectSame(PictureSettings earlier, String folder) {
    expect(folder, "with the model", earlier.model, model);
    expect(folder, "as", lower(earlier.format), lower(format));
    expect(folder, "with --top", earlier.top, top);
    expect(folder, "with labels from", earlier.labels, labels);
    expect(folder, "with --fit", lower(earlier.preprocessing.fit()), lower(preprocessing.fit()));
    expect(
        folder,
        "with --invert",
        lower(earlier.preprocessing.inversion()),
        lower(preprocessing.inversion()));
    expect(folder, "with", earlier, this);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static void expect(String folder, String what, Object earlier, Object now) {
    if (!earlier.equals(now)) {
      throw new DataError(
          "%s: holds predictions made %s %s, not %s: give the same options, or another --out"
              .formatted(folder, what, earlier, now));
    }
  }
}
