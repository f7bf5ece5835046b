package dev.lockstep.data.chunk;

import dev.lockstep.data.Example;
import dev.lockstep.data.NetworkView;
import dev.lockstep.data.Schema.FeatureType;
import dev.lockstep.data.Values;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** Examples that are together on a disk, in memory; used again and again for others. */
final class Chunk {
  private final RecordLayout layout;
  private final int record;
  private final byte[] bytes;
  private final ByteBuffer buffer;
  private final float[] target;

  /** Of a record; empty where features are bytes. */
  private final float[] floats;

  private final FloatBuffer asFloats;

  /**
   * @param rows the most examples that it will have
   */
  Chunk(RecordLayout layout, int rows) {
    this.layout = layout;
    record = layout.bytes();
    bytes = new byte[Math.multiplyExact(rows, record)];
    buffer = RecordLayout.buffer(bytes);
    asFloats = buffer.asFloatBuffer();
    target = new float[layout.targets()];
    floats = new float[layout.type() == FeatureType.FLOAT32 ? layout.features() : 0];
  }

  /** What is on the disk. */
  byte[] bytes() {
    return bytes;
  }

  long id(int row) {
    return buffer.getLong(row * record);
  }

  float target(int row, int number) {
    return buffer.getFloat(row * record + Long.BYTES + number * Float.BYTES);
  }

  void copyStored(int row, float[] to) {
    int from = row * record + layout.featuresOffset();
    if (layout.type() == FeatureType.FLOAT32) {
      asFloats.get(from / Float.BYTES, to, 0, to.length);
    } else {
      for (int i = 0; i < to.length; i++) {
        to[i] = bytes[from + i] & 0xff;
      }
    }
  }

  Example example(int row) {
    float[] targets = new float[target.length];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = target(row, i);
    }
    Values features;
    if (layout.type() == FeatureType.FLOAT32) {
      float[] values = new float[layout.features()];
      copyStored(row, values);
      features = new Values.Floats(values);
    } else {
      int from = row * record + layout.featuresOffset();
      features = new Values.Bytes(Arrays.copyOfRange(bytes, from, from + layout.features()));
    }
    return new Example(id(row), features, targets);
  }

  void copy(int row, NetworkView view, int toRow, float[] features, float[] labels) {
    int from = row * record + layout.featuresOffset();
    if (layout.type() == FeatureType.FLOAT32) {
      asFloats.get(from / Float.BYTES, floats, 0, floats.length);
      view.features(floats, 0, features, toRow);
    } else {
      view.features(bytes, from, features, toRow);
    }
    for (int i = 0; i < target.length; i++) {
      target[i] = target(row, i);
    }
    view.labels(target, 0, labels, toRow);
  }
}
