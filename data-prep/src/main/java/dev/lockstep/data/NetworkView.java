package dev.lockstep.data;

import dev.lockstep.data.Schema.FeatureType;
import java.io.Serializable;

/** How a network sees stored examples: normalised, with their classes as it has them. */
public final class NetworkView implements Serializable {
  private final Schema schema;
  private final Normaliser normaliser;

  /** As many as targets; empty where targets stay as they are. */
  private final TargetScale[] scales;

  private final int featureLength;
  private final int labelLength;

  private NetworkView(Schema schema, Normalisation normalisation) {
    this.schema = schema;
    normaliser = new Normaliser(normalisation);
    scales = normalisation.targets().toArray(TargetScale[]::new);
    featureLength = schema.featureLength();
    labelLength = schema.labelLength();
  }

  /** With the usual normalisation. */
  public static NetworkView of(Schema schema) {
    return new NetworkView(schema, Normalisation.usual(schema));
  }

  /**
   * With another normalisation.
   *
   * @throws DataError if that does not fit
   */
  public NetworkView normalised(Normalisation normalisation) {
    normalisation.expectFits(schema);
    return new NetworkView(schema, normalisation);
  }

  /** What stored examples look like. */
  public Schema schema() {
    return schema;
  }

  /** How many values an example's target has as it is stored: 1 for a class, 1 for a weight. */
  public int targetWidth() {
    return schema.targetWidth();
  }

  /**
   * Makes sure that an example can be one of these.
   *
   * @throws DataError if its features are too many or too few, or there is no such class
   * @throws IllegalArgumentException if its features are of the other type
   */
  public void expect(Example example) {
    if (example.features() instanceof Values.Bytes != (schema.featureType() == FeatureType.UINT8)) {
      throw new IllegalArgumentException(
          "example %d is not of type %s".formatted(example.id(), schema.featureType()));
    }
    if (example.features().length() != featureLength) {
      throw new DataError(
          "example %d: expected %d features, found %d"
              .formatted(example.id(), featureLength, example.features().length()));
    }
    for (int step = 0; schema.classes() > 0 && step < schema.steps(); step++) {
      float label = example.target()[step];
      if (label < 0 || label >= schema.classes()) {
        throw new DataError(
            "example %d: expected a label in 0..%d, found %.0f"
                .formatted(example.id(), schema.classes() - 1, label));
      }
    }
  }

  /**
   * Normalises features.
   *
   * @param from unsigned bytes, the example's beginning at {@code start}
   * @param to receives float32 [row, featureLength]
   */
  public void features(byte[] from, int start, float[] to, int row) {
    normaliser.apply(from, start, to, row, featureLength);
  }

  /**
   * Normalises features.
   *
   * @param from float32, the example's beginning at {@code start}
   * @param to receives float32 [row, featureLength]
   */
  public void features(float[] from, int start, float[] to, int row) {
    normaliser.apply(from, start, to, row, featureLength);
  }

  /**
   * Codes a class, or scales regression targets.
   *
   * @param from as stored, the example's beginning at {@code start}
   * @param to receives float32 [row, labelLength]
   */
  public void labels(float[] from, int start, float[] to, int row) {
    int width = labelLength;
    if (schema.classes() > 0) {
      schema.coding().write(from, start, schema.classes(), schema.steps(), to, row * width);
    } else {
      System.arraycopy(from, start, to, row * width, width);
      for (int target = 0; target < scales.length; target++) {
        to[row * width + target] = scales[target].standardised(to[row * width + target]);
      }
    }
  }

  /** What a network's output for the target {@code target} means, in the units it is stored in. */
  public float restored(float output, int target) {
    return scales.length == 0 ? output : scales[target].restored(output);
  }
}
