package dev.lockstep.models.file;

import java.util.Optional;

/**
 * What a DL4J model was trained on: the normalizer saved with it, as data.
 *
 * @param kind DL4J's name of it, such as STANDARDIZE
 * @param features what features are turned into
 * @param labels the same of labels; empty if they are as they come
 */
public record StoredNormalizer(String kind, Scaling features, Optional<Scaling> labels) {

  /**
   * (x − centre) / width · span + least, as {@code NormalizerStandardize}, {@code
   * NormalizerMinMaxScaler} and {@code ImagePreProcessingScaler} all have it.
   *
   * @param centre float32, one a column or channel, or one of all
   * @param width float32, as many as centres, none of them 0
   * @param span of the result
   * @param least of the result
   */
  public record Scaling(float[] centre, float[] width, float span, float least) {

    /**
     * Scales rows in place.
     *
     * @param rows float32 [size, rowLength], row-major; may be longer
     * @param rowLength a multiple of the number of centres: channels or columns first, what each
     *     has (the pixels of a channel, the steps of a series) after that
     * @throws IllegalArgumentException if it is no multiple of it
     */
    public void apply(float[] rows, int size, int rowLength) {
      if (rowLength % centre.length != 0) {
        throw new IllegalArgumentException(
            "expected rows of %d columns or channels, found %d values"
                .formatted(centre.length, rowLength));
      }
      int each = rowLength / centre.length;
      for (int i = 0; i < size * rowLength; i++) {
        int column = i % rowLength / each;
        rows[i] = (rows[i] - centre[column]) / width[column] * span + least;
      }
    }
  }
}
