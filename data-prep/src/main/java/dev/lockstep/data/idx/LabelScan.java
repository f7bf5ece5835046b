package dev.lockstep.data.idx;

import dev.lockstep.data.DataError;
import dev.lockstep.data.Transport;
import java.util.BitSet;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Finds out which class numbers label files have, which their heads do not say. */
final class LabelScan {
  private static final int MAX_CLASSES = 100_000;

  private LabelScan() {}

  /**
   * The class numbers that occur; reads all labels, one task a file.
   *
   * @throws DataError if there are none, or they can be no class numbers
   */
  static BitSet labels(JavaSparkContext spark, List<Shard> shards) {
    List<IdxFile> files = shards.stream().map(Shard::labels).toList();
    BitSet found = new BitSet();
    Transport.map(spark, files, files.size(), LabelScan::labels).forEach(found::or);
    if (found.isEmpty()) {
      throw new DataError("%s: expected labels, found none".formatted(files.get(0).name()));
    }
    return found;
  }

  private static BitSet labels(IdxFile file) {
    Target.ClassNumber any = new Target.ClassNumber(0, MAX_CLASSES);
    BitSet found = new BitSet();
    try (ItemReader labels = file.items(0, SparkHadoopUtil.get().conf())) {
      for (int i = 0; i < file.header().items(); i++) {
        found.set((int) any.read(file, labels)[0]);
      }
    }
    return found;
  }
}
