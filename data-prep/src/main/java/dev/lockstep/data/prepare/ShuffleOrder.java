package dev.lockstep.data.prepare;

import dev.lockstep.data.Example;
import dev.lockstep.data.SplitMix64;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * A random order of examples, by a key made of the seed and the example's id: the same whatever
 * partitions and order they come in, and in however many partitions they are wanted.
 */
final class ShuffleOrder extends Partitioner {
  private static final long serialVersionUID = 1;
  private static final int HALF = 31;

  private final long salt;
  private final int partitions;

  ShuffleOrder(long seed, int partitions) {
    salt = SplitMix64.mix(seed);
    this.partitions = partitions;
  }

  /** All examples, in order from the first partition to the last; by one shuffle, on disk. */
  JavaRDD<Example> apply(JavaRDD<Example> examples) {
    return examples
        .mapToPair(example -> new Tuple2<>(key(example), example))
        .repartitionAndSortWithinPartitions(this)
        .values();
  }

  /** Which partition an example goes to. */
  int partition(Example example) {
    return getPartition(key(example));
  }

  private long key(Example example) {
    // One to one, so no two keys are equal.
    return SplitMix64.mix(example.id() ^ salt);
  }

  @Override
  public int numPartitions() {
    return partitions;
  }

  @Override
  public int getPartition(Object key) {
    // Keys ascend from Long.MIN_VALUE; so do partitions, by the upper half of the key.
    long upper = ((Long) key ^ Long.MIN_VALUE) >>> HALF + 2;
    return (int) (upper * partitions >>> HALF);
  }
}
