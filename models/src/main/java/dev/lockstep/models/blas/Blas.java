package dev.lockstep.models.blas;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasColMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * The three matrix products of a dense layer, by OpenBLAS. Matrices of examples are row-major
 * [size, inputs] or [size, outputs], weights column-major [inputs, outputs] as DL4J keeps them. To
 * column-major BLAS the former are their own transposes.
 *
 * <p>Also for the smallest networks: a call takes 0.1 µs, and plain loops beat it only below about
 * 64 multiplications, by no more than that.
 */
final class Blas {
  private Blas() {}

  /**
   * Keeps products within the calling thread, as one task is one core. It holds for the process
   * until ND4J starts, which sets it anew. To ask takes 0.03 µs, to set some 300 µs.
   */
  static void useOneThread() {
    if (openblas_nolapack.blas_get_num_threads() != 1) {
      openblas_nolapack.blas_set_num_threads(1);
    }
  }

  /** y = x·W. */
  static void forward(
      FloatPointer x, FloatPointer weights, FloatPointer y, int size, int inputs, int outputs) {
    openblas_nolapack.cblas_sgemm(
        CblasColMajor,
        CblasTrans,
        CblasNoTrans,
        outputs,
        size,
        inputs,
        1,
        weights,
        inputs,
        x,
        inputs,
        0,
        y,
        outputs);
  }

  /** dW = xᵀ·dy. */
  static void weightGradient(
      FloatPointer x, FloatPointer dy, FloatPointer dWeights, int size, int inputs, int outputs) {
    openblas_nolapack.cblas_sgemm(
        CblasColMajor,
        CblasNoTrans,
        CblasTrans,
        inputs,
        outputs,
        size,
        1,
        x,
        inputs,
        dy,
        outputs,
        0,
        dWeights,
        inputs);
  }

  /** dx = dy·Wᵀ. */
  static void inputGradient(
      FloatPointer dy, FloatPointer weights, FloatPointer dx, int size, int inputs, int outputs) {
    openblas_nolapack.cblas_sgemm(
        CblasColMajor,
        CblasNoTrans,
        CblasNoTrans,
        inputs,
        size,
        outputs,
        1,
        weights,
        inputs,
        dy,
        outputs,
        0,
        dx,
        inputs);
  }
}
