package dev.lockstep.memory;

import org.apache.spark.SparkConf;
import org.apache.spark.network.util.JavaUtils;

/**
 * The heap in which examples are kept: this process's, or each executor's.
 *
 * @param bytes how much it can become
 * @param local whether it is this process's
 */
public record Heap(long bytes, boolean local) {
  static final long MB = 1L << 20;

  /** What Spark, DL4J and a command take before there are examples: rounded up from 70 MB. */
  private static final long BASE = 96 * MB;

  /** A gigabyte more than what is needed: for garbage, and what is in flight. */
  private static final long GB = 1L << 30;

  /** Of this process. */
  static Heap ofThisProcess() {
    return new Heap(Runtime.getRuntime().maxMemory(), true);
  }

  /** Where examples are kept by a program with these settings. */
  public static Heap of(SparkConf conf) {
    return conf.get("spark.master", "local").matches("local(\\[.*)?")
        ? ofThisProcess()
        : new Heap(ofExecutors(conf), false);
  }

  /** What an executor's container has beside its heap, in bytes. */
  static long besideExecutors(SparkConf conf) {
    String set = conf.get("spark.executor.memoryOverhead", null);
    return set == null ? Math.max(384 * MB, ofExecutors(conf) / 10) : bytes(set);
  }

  private static long ofExecutors(SparkConf conf) {
    return bytes(conf.get("spark.executor.memory", "1g"));
  }

  /** As a setting: where only a number is given, Spark takes it for megabytes. */
  private static long bytes(String setting) {
    return JavaUtils.byteStringAsMb(setting) * MB;
  }

  /**
   * Makes sure that what workers hold at once can be in it; more than that is needed to be quick.
   *
   * @param tasks how many of the workers certainly share this heap
   * @throws MemoryError saying how much there is, and how much there should be
   */
  public void expectRoom(Share share, int tasks) {
    OutOfMemory.holding(share.toString(), share.bytes() * share.workers());
    long needed = share.bytes() * tasks + BASE;
    if (needed > bytes) {
      throw new MemoryError(
          "%s: too large for %s: %s"
              .formatted(share, this, remedy(needed + needed / 4, share.workers())));
    }
  }

  /**
   * Makes sure that workers can take what they may take.
   *
   * @param sharing how many of them share this heap
   * @throws MemoryError saying how much there is, and how much there should be
   */
  void expectRoom(DataMemory memory, int sharing) {
    // What is there of data is told rather, once it is known.
    OutOfMemory.holding(memory.toString(), 0);
    long needed = Math.addExact(Math.multiplyExact(memory.bytes(), sharing), BASE);
    if (needed > bytes) {
      throw new MemoryError(
          "%s, and %d worker%s: too large for %s: %s"
              .formatted(
                  memory,
                  sharing,
                  sharing == 1 ? "" : "s",
                  this,
                  remedy(needed + needed / 4, sharing)));
    }
  }

  /** What to do, where so many bytes would do. */
  String remedy(long enough, int workers) {
    long gigabytes = Math.max(1, (enough + GB - 1) / GB);
    return local
        ? "give more with --heap %dg before the command (spark-submit: --driver-memory), or take less data"
            .formatted(gigabytes)
        : "give more with spark.executor.memory=%dg, or more executors with --workers above %d"
            .formatted(gigabytes, workers);
  }

  @Override
  public String toString() {
    return "%s heap of %,d MB".formatted(local ? "the" : "an executor's", bytes / MB);
  }
}
