package dev.lockstep.models.blas;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** float32 off the heap: for native code by a pointer, for Java by a buffer of the same memory. */
final class NativeFloats {
  /** How many there may be, so that a buffer's bytes stay below 2³¹. */
  static final int MOST = Integer.MAX_VALUE / Float.BYTES;

  final FloatPointer pointer;
  final FloatBuffer buffer;

  /** All 0. */
  NativeFloats(int length) {
    pointer = new FloatPointer(length);
    Pointer.memset(pointer, 0, (long) length * Float.BYTES);
    buffer = pointer.asBuffer();
  }

  /** With a copy of these values. */
  static NativeFloats of(float[] values) {
    NativeFloats floats = new NativeFloats(values.length);
    floats.put(values, values.length);
    return floats;
  }

  /** Copies the first elements from the heap. */
  void put(float[] values, int length) {
    buffer.put(0, values, 0, length);
  }

  /** Copies the first elements to the heap. */
  void get(float[] values, int length) {
    buffer.get(0, values, 0, length);
  }
}
