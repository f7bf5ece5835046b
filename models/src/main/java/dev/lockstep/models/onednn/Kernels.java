package dev.lockstep.models.onednn;

import java.io.Serializable;

/**
 * The weights of a convolution among the parameters.
 *
 * @param start of them
 * @param dims as the library has them: [out, in, h, w], or [groups, out, in, h, w]
 * @param strides how far apart two neighbours are along each
 */
record Kernels(int start, long[] dims, long[] strides) implements Serializable {

  /** Row-major. */
  static Kernels rowMajor(int start, long... dims) {
    long[] strides = new long[dims.length];
    long length = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      strides[i] = length;
      length *= dims[i];
    }
    return new Kernels(start, dims, strides);
  }

  Tensor parameters(Assembly assembly) {
    return assembly.parameter(start, assembly.strided(dims, strides));
  }

  Tensor gradient(Assembly assembly) {
    return assembly.gradient(start, assembly.strided(dims, strides));
  }
}
