package dev.lockstep.train;

import dev.lockstep.data.Normalisation;
import dev.lockstep.data.NormalisationMethod;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.file.StoredNormalizer;
import dev.lockstep.models.file.StoredNormalizer.Scaling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A normalizer that DL4J saved with a model, as ours. */
final class SavedNormalizer {
  private static final String STANDARDIZE = "STANDARDIZE";

  private SavedNormalizer() {}

  /**
   * (x − centre) / width · span + least as (x − offset) · factor.
   *
   * @param path of the model, for messages
   * @throws ModelError if it scales labels too, or to no width at all
   */
  static Normalisation normalisation(StoredNormalizer stored, Path path) {
    if (stored.labels().isPresent()) {
      throw new ModelError(
          "%s: normalizer.bin scales labels as well as features: expected one of features alone: call"
                  .formatted(path)
              + " fitLabel(false) and train again");
    }
    Scaling scaling = stored.features();
    if (scaling.span() == 0) {
      throw new ModelError(
          "%s: normalizer.bin makes %s of every feature: expected a range"
              .formatted(path, scaling.least()));
    }
    List<Double> offsets = new ArrayList<>();
    List<Double> factors = new ArrayList<>();
    for (int i = 0; i < scaling.centre().length; i++) {
      double factor = (double) scaling.span() / scaling.width()[i];
      factors.add(factor);
      offsets.add(scaling.centre()[i] - scaling.least() / factor);
    }
    return new Normalisation(
        stored.kind().equals(STANDARDIZE)
            ? NormalisationMethod.STANDARDISE
            : NormalisationMethod.SCALE,
        offsets,
        factors);
  }
}
