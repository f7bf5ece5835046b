package dev.lockstep.data.idx;

import dev.lockstep.data.DataError;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Finds out how many classes label files have, which their heads do not say. */
final class LabelScan {
  private static final int MAX_CLASSES = 100_000;

  private LabelScan() {}

  /**
   * One more than the largest label; reads all of them, one task a file.
   *
   * @throws DataError if there are none, or they can be no class numbers
   */
  static int classes(JavaSparkContext spark, List<Shard> shards) {
    List<IdxFile> files = shards.stream().map(Shard::labels).toList();
    int largest =
        spark.parallelize(files, files.size()).mapPartitions(LabelScan::largest).reduce(Math::max);
    if (largest < 0) {
      throw new DataError("%s: expected labels, found none".formatted(files.get(0).name()));
    }
    return largest + 1;
  }

  private static Iterator<Integer> largest(Iterator<IdxFile> files) {
    Configuration hadoop = SparkHadoopUtil.get().conf();
    IdxFile file = files.next();
    Target.ClassNumber any = new Target.ClassNumber(MAX_CLASSES);
    int largest = -1;
    try (ItemReader labels = file.items(0, hadoop)) {
      for (int i = 0; i < file.header().items(); i++) {
        largest = Math.max(largest, (int) any.read(file, labels)[0]);
      }
    }
    return Stream.of(largest).iterator();
  }
}
