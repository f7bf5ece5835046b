package dev.lockstep.data.chunk;

import dev.lockstep.data.Example;
import dev.lockstep.data.Schema;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;

/**
 * The chunks that this process has written, until their data set is closed: each task brings the
 * ids of those that are in use, and the process removes the others.
 */
public final class LocalChunks {
  private static final Map<Key, Share> SHARES = new ConcurrentHashMap<>();
  private static LocalFolder folder;

  private LocalChunks() {}

  private record Key(String data, int worker) {}

  /** A worker's examples, of which one thread at a time writes them. */
  private static final class Share {
    private ChunkedExamples written;

    synchronized ChunkedExamples held() {
      return written != null && written.isHere() ? written : null;
    }

    synchronized ChunkedExamples write(ChunkPlan plan, Schema schema, Iterator<Example> examples) {
      if (held() == null) {
        written = ChunkWriter.write(folder(), plan, schema, examples);
      }
      return written;
    }

    synchronized void remove() {
      if (written != null) {
        written.delete();
      }
    }
  }

  private static synchronized LocalFolder folder() {
    if (folder == null || !folder.exists()) {
      folder = LocalFolder.create(SparkEnv.get().conf());
    }
    return folder;
  }

  /** What a worker has here of a data set; null if nothing. */
  static ChunkedExamples find(String data, int worker) {
    Share share = SHARES.get(new Key(data, worker));
    return share == null ? null : share.held();
  }

  /** Writes a worker's examples, unless they are here already. */
  static ChunkedExamples write(
      String data, int worker, ChunkPlan plan, Schema schema, Iterator<Example> examples) {
    return SHARES
        .computeIfAbsent(new Key(data, worker), unused -> new Share())
        .write(plan, schema, examples);
  }

  /** Removes all chunks but those of these data sets. */
  public static void keepOnly(Set<String> data) {
    SHARES.keySet().stream()
        .filter(key -> !data.contains(key.data()))
        .toList()
        .forEach(key -> SHARES.remove(key).remove());
  }
}
