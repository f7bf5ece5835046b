package dev.lockstep.data;

import java.io.Serializable;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;

/**
 * How stored features become what a network reads, each value x as (x − offset) · factor, and how
 * regression targets become what it learns. It is fitted to the training data, saved with the
 * model, and the same in training, evaluation and prediction.
 *
 * @param method that it was fitted by
 * @param offsets one for all values of an example, one for each of a picture's channels, or one for
 *     each value
 * @param factors as many as offsets
 * @param targets one for each regression target; empty where targets stay as they are
 */
public record Normalisation(
    NormalisationMethod method,
    List<Double> offsets,
    List<Double> factors,
    List<TargetScale> targets)
    implements Serializable {
  private static final double MAX_BYTE = 255;

  public Normalisation {
    offsets = List.copyOf(offsets);
    factors = List.copyOf(factors);
    targets = targets == null ? List.of() : List.copyOf(targets); // JSON has none where none are
    if (offsets.isEmpty() || offsets.size() != factors.size()) {
      throw new DataError(
          "a normalisation has as many offsets as factors, not %d and %d"
              .formatted(offsets.size(), factors.size()));
    }
  }

  /** Of features alone. */
  public Normalisation(NormalisationMethod method, List<Double> offsets, List<Double> factors) {
    this(method, offsets, factors, List.of());
  }

  /**
   * To mean 0 and deviation 1 of data of which both are known.
   *
   * @param mean one for all values, for each channel of pictures or for each value: of bytes as
   *     part of 255, as is usual for pictures, else as stored
   * @param deviation as many, each more than 0
   * @throws DataError if they do not fit each other or the data
   */
  public static Normalisation given(Schema schema, List<Double> mean, List<Double> deviation) {
    if (mean.size() != deviation.size() || mean.isEmpty()) {
      throw new DataError(
          "expected as many means as deviations, found %d and %d"
              .formatted(mean.size(), deviation.size()));
    }
    for (int i = 0; i < mean.size(); i++) {
      if (!Double.isFinite(mean.get(i)) || !(deviation.get(i) > 0)) {
        throw new DataError(
            "expected means that are numbers and deviations of more than 0, found %s and %s"
                .formatted(mean.get(i), deviation.get(i)));
      }
    }
    double unit = schema.featureType() == Schema.FeatureType.UINT8 ? MAX_BYTE : 1;
    Normalisation given =
        new Normalisation(
            NormalisationMethod.STANDARDISE,
            mean.stream().map(value -> value * unit).toList(),
            deviation.stream().map(value -> 1 / (value * unit)).toList());
    given.expectFits(schema);
    return given;
  }

  /** What needs no data to be known: bytes to 0..1, other values as they are. */
  public static Normalisation usual(Schema schema) {
    return NormalisationMethod.AUTO.fit(
        schema,
        () -> {
          throw new IllegalStateException("needs no statistics");
        });
  }

  /**
   * Fits to training data, in one pass over it if the method needs to see it: column by column for
   * tables, channel by channel for pictures.
   *
   * @param blocks not empty; partitions are merged in their order
   * @throws DataError if a value is not a finite number
   */
  public static Normalisation fit(
      NormalisationMethod method, Schema schema, JavaRDD<Examples> blocks) {
    Supplier<List<FeatureStatistics.Feature>> features =
        () ->
            Transport.collect(blocks.map(FeatureStatistics::of)).stream()
                .reduce(FeatureStatistics::merge)
                .orElseThrow()
                .features();
    Normalisation fitted = method.fit(schema, features);
    fitted.expectFinite();
    return fitted;
  }

  /**
   * The same of features, with targets fitted to training data in one pass over it.
   *
   * @param blocks not empty; partitions are merged in their order
   * @throws DataError if a target is to be standardised and one of its values is no finite number
   */
  public Normalisation withTargets(TargetMethod of, JavaRDD<Examples> blocks) {
    return of == TargetMethod.NONE
        ? withTargets(List.of())
        : withTargets(
            of.fit(
                Transport.collect(blocks.map(FeatureStatistics::ofTargets)).stream()
                    .reduce(FeatureStatistics::merge)
                    .orElseThrow()
                    .features()));
  }

  /** The same of features, with these targets. */
  public Normalisation withTargets(List<TargetScale> scales) {
    return new Normalisation(method, offsets, factors, scales);
  }

  /** Puts a network's outputs back into the data's units, in place: float32 [rows, targets]. */
  public void restoreTargets(float[] outputs) {
    if (!targets.isEmpty()) {
      for (int i = 0; i < outputs.length; i++) {
        outputs[i] = targets.get(i % targets.size()).restored(outputs[i]);
      }
    }
  }

  private void expectFinite() {
    for (int i = 0; i < offsets.size(); i++) {
      if (!Double.isFinite(offsets.get(i)) || !Double.isFinite(factors.get(i))) {
        throw new DataError(
            "%s: cannot be normalised: expected finite numbers, found NaN or infinity among them"
                .formatted(offsets.size() == 1 ? "the features" : "feature " + i));
      }
    }
  }

  /**
   * Complains if this was fitted to examples of another length or with another number of targets.
   *
   * @throws DataError naming both numbers
   */
  public void expectFits(Schema schema) {
    int channels = schema.picture().map(PictureShape::channels).orElse(1);
    if (offsets.size() > 1
        && offsets.size() != schema.featureLength()
        && offsets.size() != channels) {
      throw new DataError(
          "the model's normalisation is for %d features, the data has %d"
              .formatted(offsets.size(), schema.featureLength()));
    }
    if (!targets.isEmpty() && schema.classes() > 0) {
      throw new DataError(
          "the model's normalisation scales labels as numbers, and the data has classes: --task regression if they are numbers");
    }
    if (!targets.isEmpty() && schema.targets() > 0 && targets.size() != schema.targets()) {
      throw new DataError(
          "the model's normalisation is for %d targets, the data has %d"
              .formatted(targets.size(), schema.targets()));
    }
  }
}
