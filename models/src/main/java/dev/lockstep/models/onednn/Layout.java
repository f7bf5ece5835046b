package dev.lockstep.models.onednn;

import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.global.dnnl;

/**
 * Where the values of an array of float32 lie in memory.
 *
 * @param dims minibatch first, then channels: [n, c], [n, c, t] or [n, c, h, w]
 * @param handle the library's description
 */
record Layout(long[] dims, dnnl_memory_desc handle) {

  /** How many values there is room for, padding included. */
  long length() {
    return dnnl.dnnl_memory_desc_get_size(handle) / Float.BYTES;
  }

  boolean sameAs(Layout other) {
    return dnnl.dnnl_memory_desc_equal(handle, other.handle) != 0;
  }
}
