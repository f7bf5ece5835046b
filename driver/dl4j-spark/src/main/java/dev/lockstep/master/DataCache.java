package dev.lockstep.master;

import dev.lockstep.dataset.DataSetShards;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;

/** Keeps the data of the last epoch, for the next on the same RDD. */
final class DataCache {
  private JavaRDD<?> rdd;
  private DataSetShards data;

  DataSetShards prepared(JavaRDD<?> wanted, Supplier<DataSetShards> prepare) {
    if (rdd == null || rdd.rdd() != wanted.rdd() || wanted.context().isStopped()) {
      clear();
      data = prepare.get();
      rdd = wanted;
    }
    return data;
  }

  void clear() {
    if (rdd != null && !rdd.context().isStopped()) {
      data.close();
    }
    rdd = null;
    data = null;
  }
}
