package dev.lockstep.cli;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.Examples;
import dev.lockstep.strategy.Shards;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Each worker's examples, loaded once for all trainings that want the same. */
final class LoadedShares implements AutoCloseable {
  private final JavaSparkContext spark;
  private final Map<Key, Broadcast<List<Examples>>> loaded = new HashMap<>();

  private record Key(Object data, int workers) {}

  LoadedShares(JavaSparkContext spark) {
    this.spark = spark;
  }

  /**
   * The shares of some data; for any thread.
   *
   * @param key what tells the data from other data
   */
  synchronized Broadcast<List<Examples>> of(Object key, DataSource data, int workers) {
    return loaded.computeIfAbsent(
        new Key(key, workers),
        unused -> {
          try (Shards shards = Shards.load(spark, data, workers)) {
            return spark.broadcast(shards.blocks().collect());
          }
        });
  }

  /** Lets go of the data. */
  @Override
  public void close() {
    loaded.values().forEach(Broadcast::destroy);
  }
}
