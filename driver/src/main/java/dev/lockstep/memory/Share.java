package dev.lockstep.memory;

import dev.lockstep.data.Schema;
import dev.lockstep.data.Schema.FeatureType;

/**
 * A data set, as one of its workers holds it.
 *
 * @param schema of its examples
 * @param examples in all
 * @param workers among whom they are dealt evenly
 */
public record Share(Schema schema, long examples, int workers) {

  /** What an example of a worker's takes: its values, its target and its id. */
  private long bytesPerExample() {
    int perValue = schema.featureType() == FeatureType.UINT8 ? Byte.BYTES : Float.BYTES;
    int targets = schema.classes() > 0 ? 1 : schema.targets();
    return (long) schema.featureLength() * perValue + (long) targets * Float.BYTES + Long.BYTES;
  }

  /** What a worker's part takes. */
  long bytes() {
    return (examples + workers - 1) / workers * bytesPerExample();
  }

  @Override
  public String toString() {
    return "%,d examples of %,d values, %,d MB over %d worker%s"
        .formatted(
            examples,
            schema.featureLength(),
            examples * bytesPerExample() / Heap.MB,
            workers,
            workers == 1 ? "" : "s");
  }
}
