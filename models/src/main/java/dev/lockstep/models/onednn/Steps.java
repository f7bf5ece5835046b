package dev.lockstep.models.onednn;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/** A minibatch of sequences in memory, [steps, size, width], seen step by step. */
final class Steps {
  private final FloatBuffer values;
  private final FloatPointer[] starts;
  private final int size;
  private final int width;

  Steps(Tensor tensor, int size, int steps, int width) {
    this.size = size;
    this.width = width;
    values = Scope.buffer(tensor.values(), steps * size * width);
    starts = new FloatPointer[steps];
    for (int step = 0; step < steps; step++) {
      starts[step] = tensor.values().getPointer((long) step * size * width);
    }
  }

  /** Where the values of a step are, [size, width]. */
  FloatPointer start(int step) {
    return starts[step];
  }

  int width() {
    return width;
  }

  int count() {
    return starts.length;
  }

  /** How many rows there are up to a step. */
  int rows(int step) {
    return step * size;
  }

  /** Copies a step: [size, width]. */
  void read(int step, float[] to) {
    values.get(step * size * width, to, 0, size * width);
  }

  /** Replaces a step. */
  void write(int step, float[] from) {
    values.put(step * size * width, from, 0, size * width);
  }

  /**
   * Multiplies values of a step by how much it counts.
   *
   * @param values float32 [size, width]
   * @param factors float32 [size, steps]
   */
  void weigh(int step, float[] values, float[] factors) {
    for (int row = 0; row < size; row++) {
      float factor = factors[row * starts.length + step];
      for (int i = row * width; i < (row + 1) * width; i++) {
        values[i] *= factor;
      }
    }
  }

  /** Copies some columns of a step: [size, length]. */
  void read(int step, int column, float[] to, int length) {
    for (int row = 0; row < size; row++) {
      values.get((step * size + row) * width + column, to, row * length, length);
    }
  }

  /** Replaces some columns of a step. */
  void write(int step, int column, float[] from, int length) {
    for (int row = 0; row < size; row++) {
      values.put((step * size + row) * width + column, from, row * length, length);
    }
  }
}
