package dev.lockstep.data.chunk;

import dev.lockstep.data.Example;
import dev.lockstep.data.NetworkView;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Schema.FeatureType;
import dev.lockstep.data.Values;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How an example is stored, little-endian: its id as int64, its target as float32, its features as
 * bytes or float32, as they come.
 *
 * @param targets how many values a target has
 * @param features how many values an example has
 */
record RecordLayout(int targets, int features, FeatureType type) implements Serializable {

  static RecordLayout of(Schema schema) {
    return new RecordLayout(
        NetworkView.of(schema).targetWidth(), schema.featureLength(), schema.featureType());
  }

  /** Of a whole record. */
  int bytes() {
    return Math.addExact(
        featuresOffset(),
        Math.multiplyExact(features, type == FeatureType.UINT8 ? Byte.BYTES : Float.BYTES));
  }

  /** Where the features of a record begin. */
  int featuresOffset() {
    return Long.BYTES + targets * Float.BYTES;
  }

  static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Writes a record. */
  void put(Example example, ByteBuffer to) {
    to.putLong(example.id());
    for (int i = 0; i < targets; i++) {
      to.putFloat(example.target()[i]);
    }
    if (example.features() instanceof Values.Bytes pixels) {
      to.put(pixels.values());
    } else if (example.features() instanceof Values.Floats floats) {
      to.asFloatBuffer().put(floats.values());
      to.position(to.position() + features * Float.BYTES);
    }
  }
}
