package dev.lockstep.models.onednn;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/** A minibatch of sequences in memory, [size, steps, width], seen step by step. */
final class Steps {
  private final FloatBuffer values;
  private final FloatPointer[] starts;
  private final int size;
  private final int width;
  private final int stride;

  Steps(Tensor tensor, int size, int steps, int width) {
    this.size = size;
    this.width = width;
    stride = steps * width;
    values = Scope.buffer(tensor.values(), size * stride);
    starts = new FloatPointer[steps];
    for (int step = 0; step < steps; step++) {
      starts[step] = tensor.values().getPointer((long) step * width);
    }
  }

  /** Where the first example's values of a step are; the next one's follow after the stride. */
  FloatPointer start(int step) {
    return starts[step];
  }

  int stride() {
    return stride;
  }

  int count() {
    return starts.length;
  }

  /** Copies some columns of a step: [size, length]. */
  void read(int step, int column, float[] to, int length) {
    for (int row = 0; row < size; row++) {
      values.get(row * stride + step * width + column, to, row * length, length);
    }
  }

  /** Replaces some columns of a step. */
  void write(int step, int column, float[] from, int length) {
    for (int row = 0; row < size; row++) {
      values.put(row * stride + step * width + column, from, row * length, length);
    }
  }
}
