package dev.lockstep.data;

import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;

/**
 * Deals examples to partitions in turn by their ids, in the order of the ids, whatever partitions
 * they come in: for files sorted by class, of which contiguous parts would give each worker other
 * classes. One shuffle; nothing is held in memory.
 */
public final class Deal {
  private Deal() {}

  /**
   * Deals; partitions whose sizes differ by at most one if ids run from 0 without gaps.
   *
   * @param examples of any source, in any order
   */
  public static JavaRDD<Example> toPartitions(JavaRDD<Example> examples, int partitions) {
    return examples
        .mapToPair(example -> new scala.Tuple2<>(example.id(), example))
        .repartitionAndSortWithinPartitions(new ByTurn(partitions))
        .values();
  }

  private static final class ByTurn extends Partitioner {
    private static final long serialVersionUID = 1;
    private final int partitions;

    ByTurn(int partitions) {
      this.partitions = partitions;
    }

    @Override
    public int numPartitions() {
      return partitions;
    }

    @Override
    public int getPartition(Object id) {
      return (int) ((Long) id % partitions);
    }
  }
}
