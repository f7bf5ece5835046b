package dev.lockstep.train;

import dev.lockstep.data.Normalisation;
import dev.lockstep.data.NormalisationMethod;
import dev.lockstep.data.TargetScale;
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
   * (x − centre) / width · span + least as (x − offset) · factor; of labels, likewise as (y − mean)
   * / deviation.
   *
   * @param path of the model, for messages
   * @throws ModelError if it scales to no width at all
   */
  static Normalisation normalisation(StoredNormalizer stored, Path path) {
    Scaling scaling = stored.features();
    expectRange(scaling, "feature", path);
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
        factors,
        stored.labels().map(labels -> targets(labels, path)).orElse(List.of()));
  }

  private static List<TargetScale> targets(Scaling labels, Path path) {
    expectRange(labels, "label", path);
    List<TargetScale> targets = new ArrayList<>();
    for (int i = 0; i < labels.centre().length; i++) {
      double deviation = (double) labels.width()[i] / labels.span();
      targets.add(new TargetScale(labels.centre()[i] - labels.least() * deviation, deviation));
    }
    return targets;
  }

  private static void expectRange(Scaling scaling, String of, Path path) {
    if (scaling.span() == 0) {
      throw new ModelError(
          "%s: normalizer.bin makes %s of every %s: expected a range"
              .formatted(path, scaling.least(), of));
    }
  }
}
