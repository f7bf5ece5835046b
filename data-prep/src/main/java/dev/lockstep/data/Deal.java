package dev.lockstep.data;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Deals to partitions in turn: partition p of n gets number p and every n-th after it. For data
 * sorted by class, of which contiguous parts would give each worker other classes.
 */
public final class Deal {
  private Deal() {}

  /** Deals what the driver holds, by position; lazy. */
  public static <T> JavaRDD<T> of(JavaSparkContext spark, List<T> items, int partitions) {
    List<List<T>> hands =
        IntStream.range(0, partitions)
            .mapToObj(
                first ->
                    IntStream.iterate(first, i -> i < items.size(), i -> i + partitions)
                        .mapToObj(items::get)
                        .toList())
            .toList();
    return Transport.parallelize(spark, hands, partitions).flatMap(List::iterator);
  }

  /**
   * Deals examples by their ids, in the order of the ids, whatever partitions they come in: by one
   * shuffle, with nothing held in memory. Sizes of partitions differ by at most one if ids run from
   * 0 without gaps.
   *
   * @param examples of any source, in any order
   */
  public static JavaRDD<Example> byId(JavaRDD<Example> examples, int partitions) {
    return Transport.shuffled(
            examples
                .mapToPair(example -> new scala.Tuple2<>(example.id(), example))
                .repartitionAndSortWithinPartitions(new ByTurn(partitions)))
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
