package dev.lockstep.models.blas;

import org.bytedeco.javacpp.FloatPointer;

/**
 * A buffer in the heap, where Java's loops are vectorised, with a mirror off the heap, where native
 * code reads and writes it without copying. Whoever writes one side moves what the other needs.
 */
final class MirroredFloats {
  final float[] heap;
  final FloatPointer mirror;

  MirroredFloats(int length) {
    heap = new float[length];
    mirror = new FloatPointer(length);
  }

  /** Of these values, which are not copied, with the mirror up to date. */
  MirroredFloats(float[] values) {
    heap = values;
    mirror = new FloatPointer(values);
  }

  /** Copies the first elements from the heap. */
  void upload(int length) {
    mirror.put(heap, 0, length);
  }

  /** Copies the first elements to the heap. */
  void download(int length) {
    mirror.get(heap, 0, length);
  }
}
