package dev.lockstep.models.onednn;

import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.javacpp.FloatPointer;

/**
 * An array of float32 that the library reads or writes.
 *
 * @param layout how it lies in memory
 * @param values its memory
 * @param handle the library's name for it
 * @param phase when it changes
 */
record Tensor(Layout layout, FloatPointer values, dnnl_memory handle, Phase phase) {

  long[] dims() {
    return layout.dims();
  }
}
