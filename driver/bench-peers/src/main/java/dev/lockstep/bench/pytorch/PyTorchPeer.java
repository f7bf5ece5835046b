package dev.lockstep.bench.pytorch;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import dev.lockstep.bench.Peer;
import dev.lockstep.bench.PeerTask;
import java.nio.file.Path;

/** PyTorch in one thread, as the Deep Java Library brings it: no download, no telemetry. */
public final class PyTorchPeer implements Peer {
  private static final String ONE = "1";

  @Override
  public String name() {
    return "pytorch";
  }

  @Override
  public String description(PeerTask task) {
    return "pytorch %s through DJL".formatted(engine().getVersion().replaceAll("-.*", ""));
  }

  @Override
  public Training start(PeerTask task) {
    engine();
    return new PyTorchTraining(task);
  }

  private static Engine engine() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.pytorch.num_threads", ONE);
    System.setProperty("ai.djl.pytorch.num_interop_threads", ONE);
    if (System.getenv("DJL_CACHE_DIR") == null) {
      Path cache = Path.of(System.getProperty("user.home"), ".cache", "lockstep", "djl");
      System.setProperty("DJL_CACHE_DIR", cache.toString());
    }
    Engine engine;
    try {
      engine = Engine.getEngine("PyTorch");
    } catch (EngineException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException("PyTorch does not load: " + cause.getMessage(), e);
    }
    int threads = JniUtils.getNumThreads();
    int interop = JniUtils.getNumInteropThreads();
    if (threads != 1 || interop != 1) {
      throw new IllegalStateException(
          "PyTorch computes with %d and %d threads, expected 1".formatted(threads, interop));
    }
    return engine;
  }
}
