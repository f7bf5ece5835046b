package dev.lockstep.models.onednn;

import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;

/** The library in this process: whether there is one, its engine, and what its calls tell. */
final class OneDnn {
  private static final Map<Integer, String> STATUS =
      Map.of(
          dnnl.dnnl_invalid_arguments, "invalid arguments",
          dnnl.dnnl_unimplemented, "no implementation",
          dnnl.dnnl_runtime_error, "a failure");

  private OneDnn() {}

  /** Loaded once, when first asked for. */
  private static final class Loaded {
    static final Optional<String> FAULT = load();
    static dnnl_engine engine;
    static dnnl_stream stream;

    private static Optional<String> load() {
      try {
        engine = new dnnl_engine();
        check(dnnl.dnnl_engine_create(engine, dnnl.dnnl_cpu, 0), "the engine");
        stream = new dnnl_stream();
        check(
            dnnl.dnnl_stream_create(stream, engine, dnnl.dnnl_stream_default_flags), "the stream");
        return Optional.empty();
      } catch (LinkageError | RuntimeException e) {
        return Optional.of("oneDNN does not load here: " + e.getMessage());
      }
    }
  }

  /** Why the library cannot be used here; empty if it can. */
  static Optional<String> fault() {
    return Loaded.FAULT;
  }

  static dnnl_engine engine() {
    return Loaded.engine;
  }

  /** Without state of its own on a CPU, so that all threads may share it. */
  static dnnl_stream stream() {
    return Loaded.stream;
  }

  /**
   * @param status as the library's functions return it
   * @param what was being made or run
   * @throws OutOfMemoryError if there was too little memory, beside the heap, for it
   */
  static void check(int status, String what) {
    if (status == dnnl.dnnl_out_of_memory) {
      throw new OutOfMemoryError("oneDNN: " + what);
    }
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException(
          "oneDNN: %s for %s".formatted(STATUS.getOrDefault(status, "status " + status), what));
    }
  }
}
