package dev.lockstep.memory;

import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.network.util.JavaUtils;

/**
 * How much memory a worker may take for its examples: if they need more, they lie on its executor's
 * disk, and so much of them is in memory at once. The order of such examples depends on it.
 *
 * @param bytes of one worker
 */
public record DataMemory(long bytes) {
  /** The setting of Spark that says it, for one worker. */
  public static final String SETTING = "spark.lockstep.dataMemory";

  /** As much as examples need: none lie on a disk. */
  public static final DataMemory ALL = new DataMemory(Long.MAX_VALUE);

  /** Of the heap, for all its workers together; the rest is for the network, and for Spark. */
  private static final double SHARE = 0.4;

  /**
   * As a program's settings say; where they say nothing, a share of the heap.
   *
   * @param sharing how many workers share a heap
   * @throws MemoryError if the heap is too small for what is set
   * @throws IllegalArgumentException if what is set is no size
   */
  public static DataMemory of(SparkConf conf, int sharing) {
    Heap heap = Heap.of(conf);
    Optional<String> set = Optional.ofNullable(conf.get(SETTING, null));
    if (set.isEmpty()) {
      return new DataMemory((long) (SHARE * heap.bytes() / sharing));
    }
    try {
      return parsed(set.get()).within(heap, sharing);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s: %s".formatted(SETTING, e.getMessage()), e);
    }
  }

  /**
   * As users write it.
   *
   * @throws IllegalArgumentException if it is no size
   */
  public static DataMemory parsed(String size) {
    try {
      long bytes = JavaUtils.byteStringAsBytes(size);
      if (bytes > 0) {
        return new DataMemory(bytes);
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new IllegalArgumentException("expected a size such as 256m, found '%s'".formatted(size));
  }

  /**
   * This, if the heap has room for it.
   *
   * @param sharing how many workers share the heap
   * @throws MemoryError saying how much there is, and how much there should be
   */
  public DataMemory within(Heap heap, int sharing) {
    heap.expectRoom(this, sharing);
    return this;
  }

  @Override
  public String toString() {
    return "%,d MB for the examples of a worker".formatted(bytes / Heap.MB);
  }
}
