package dev.lockstep.data;

import dev.lockstep.data.FeatureStatistics.Feature;
import dev.lockstep.data.Schema.FeatureType;
import java.util.List;
import java.util.function.Supplier;

/** Ways to bring features into a range that trains well. */
public enum NormalisationMethod {
  /** Bytes as {@link #SCALE}, other values as {@link #NONE}. */
  AUTO {
    @Override
    Normalisation fit(Schema schema, Supplier<List<Feature>> features) {
      NormalisationMethod usual = schema.featureType() == FeatureType.UINT8 ? SCALE : NONE;
      return usual.fit(schema, features);
    }
  },
  /** Values as they are. */
  NONE {
    @Override
    Normalisation fit(Schema schema, Supplier<List<Feature>> features) {
      return new Normalisation(this, List.of(0.0), List.of(1.0));
    }
  },
  /** To 0..1: bytes by the range that they have, others by the range that is found. */
  SCALE {
    @Override
    Normalisation fit(Schema schema, Supplier<List<Feature>> features) {
      if (schema.featureType() == FeatureType.UINT8) {
        return new Normalisation(this, List.of(0.0), List.of(GREY_LEVEL));
      }
      return each(features.get(), Feature::min, feature -> feature.max() - feature.min());
    }
  },
  /** To mean 0 and standard deviation 1. */
  STANDARDISE {
    @Override
    Normalisation fit(Schema schema, Supplier<List<Feature>> features) {
      return each(features.get(), Feature::mean, Feature::deviation);
    }
  };

  /** What one grey level is worth, in float32 as in TensorFlow's {@code read_data_sets}. */
  private static final double GREY_LEVEL = 1f / 255f;

  private interface Measure {
    double of(Feature feature);
  }

  /**
   * Fits the method to training data.
   *
   * @param features asked for only where the method needs them: one for all values, for each
   *     channel or for each value
   */
  abstract Normalisation fit(Schema schema, Supplier<List<Feature>> features);

  /** A feature that never changes becomes 0, whatever its width. */
  Normalisation each(List<Feature> features, Measure offset, Measure width) {
    return new Normalisation(
        this,
        features.stream().map(offset::of).toList(),
        features.stream().map(width::of).map(w -> w > 0 ? 1 / w : 1).toList());
  }
}
