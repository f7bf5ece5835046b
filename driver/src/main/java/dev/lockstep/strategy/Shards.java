package dev.lockstep.strategy;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.ExampleBlock;
import dev.lockstep.data.Examples;
import dev.lockstep.data.Normalisation;
import dev.lockstep.data.Schema;
import dev.lockstep.memory.Heap;
import dev.lockstep.memory.Share;
import dev.lockstep.spark.ClusterException;
import dev.lockstep.spark.SparkJob;
import dev.lockstep.spark.TaskSlots;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;

/**
 * A data set as workers hold it: one packed block each, cached, with the tally of its examples.
 *
 * @param blocks one element a partition, one partition a worker
 * @param tallies by worker number
 */
public record Shards(Schema schema, JavaRDD<Examples> blocks, List<Tally> tallies)
    implements AutoCloseable {

  /** Reads, packs and caches the source on {@code workers} workers, usually normalised. */
  public static Shards load(JavaSparkContext spark, DataSource source, int workers) {
    return load(spark, source, workers, Normalisation.usual(source.schema()));
  }

  /** Reads, packs and caches the source on {@code workers} workers, as a model wants it. */
  public static Shards load(
      JavaSparkContext spark, DataSource source, int workers, Normalisation normalisation) {
    Heap heap = Heap.of(spark.getConf());
    heap.expectRoom(
        new Share(source.schema(), source.count(), workers),
        heap.local() ? Math.min(workers, spark.defaultParallelism()) : 1);
    return of(
        source.schema(),
        ExampleBlock.pack(source.load(spark, workers), source.schema())
            .map(block -> block.normalised(normalisation)),
        StorageLevel.MEMORY_AND_DISK());
  }

  /**
   * Caches packed blocks, one a worker.
   *
   * @throws ClusterException if there is no executor for long
   */
  public static Shards of(Schema schema, JavaRDD<Examples> blocks, StorageLevel storage) {
    JavaRDD<Examples> cached = blocks.setName("examples").persist(storage);
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(blocks.context());
    spark.setJobGroup(
        "load", "load the examples of %d workers".formatted(blocks.getNumPartitions()));
    List<Tally> tallies =
        SparkJob.collect(
            cached.mapPartitions(it -> Stream.of(tally(it.next())).iterator(), true),
            new TaskSlots(spark).watchForAny());
    return new Shards(schema, cached, tallies);
  }

  /** The same examples, cached once, normalised otherwise; to be closed are the ones loaded. */
  public Shards normalised(Normalisation normalisation) {
    return new Shards(schema, blocks.map(block -> block.normalised(normalisation)), tallies);
  }

  /** The tally of a block's examples. */
  public static Tally tally(Examples block) {
    return new Tally(0, block.size(), block.idHash());
  }

  /** How many examples each worker has. */
  public int[] sizes() {
    return tallies.stream().mapToInt(tally -> Math.toIntExact(tally.examples())).toArray();
  }

  /** How many examples there are. */
  public long examples() {
    return tallies.stream().mapToLong(Tally::examples).sum();
  }

  @Override
  public void close() {
    blocks.unpersist();
  }
}
