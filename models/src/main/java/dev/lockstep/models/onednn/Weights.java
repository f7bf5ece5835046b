package dev.lockstep.models.onednn;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The parameters and their gradient in DL4J's flattened order, off the heap: for native code by a
 * pointer, for Java by a buffer of the same memory.
 */
final class Weights {
  private final FloatPointer parameters;
  private final FloatPointer gradient;
  private final FloatBuffer values;
  private final FloatBuffer slopes;
  private final int count;
  private long version;

  /** All 0 at first. */
  private Weights(int count, int gradients, Scope scope) {
    this.count = count;
    parameters = scope.floats(Math.max(1, count));
    gradient = scope.floats(Math.max(1, gradients));
    values = Scope.buffer(parameters, count);
    slopes = Scope.buffer(gradient, gradients);
  }

  /** To be trained. */
  static Weights trained(int count, Scope scope) {
    return new Weights(count, count, scope);
  }

  /** To be read only. */
  static Weights fixed(float[] values, Scope scope) {
    Weights weights = new Weights(values.length, 0, scope);
    weights.load(values);
    return weights;
  }

  /** Replaces the parameters. */
  void load(float[] from) {
    expectLength(from);
    values.put(0, from);
    changed();
  }

  void expectLength(float[] found) {
    if (found.length != count) {
      throw new IllegalArgumentException(
          "expected %d values, found %d".formatted(count, found.length));
    }
  }

  FloatPointer parameters() {
    return parameters;
  }

  FloatPointer gradient() {
    return gradient;
  }

  /** The parameters; whoever writes them calls {@link #changed}. */
  FloatBuffer values() {
    return values;
  }

  /** The gradient, summed over the examples. */
  FloatBuffer slopes() {
    return slopes;
  }

  int count() {
    return count;
  }

  /** What was made of the parameters has to be made anew. */
  void changed() {
    version++;
  }

  /** How often they changed. */
  long version() {
    return version;
  }
}
