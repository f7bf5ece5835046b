package dev.lockstep.strategy;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.ExampleBlock;
import dev.lockstep.data.Examples;
import dev.lockstep.data.Normalisation;
import dev.lockstep.data.ReadCount;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Transport;
import dev.lockstep.data.Transport.Kept;
import dev.lockstep.data.chunk.ChunkPlan;
import dev.lockstep.data.chunk.ChunkPlan.Storing;
import dev.lockstep.data.chunk.ChunkedRdd;
import dev.lockstep.data.chunk.LocalChunks;
import dev.lockstep.memory.DataMemory;
import dev.lockstep.memory.Heap;
import dev.lockstep.memory.Share;
import dev.lockstep.spark.ClusterException;
import dev.lockstep.spark.SparkJob;
import dev.lockstep.spark.TaskSlots;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;

/**
 * A data set as workers hold it, cached, with the tally of its examples: each worker's as one
 * packed block in memory, or, if that would be too large, in chunks on its executor's disk.
 *
 * @param blocks one element a partition, one partition a worker
 * @param tallies by worker number
 * @param chunks what is on disks; empty if all is in memory
 * @param kept what is cached; empty if whoever made the blocks sees to that
 */
public record Shards(
    Schema schema,
    JavaRDD<Examples> blocks,
    List<Tally> tallies,
    Optional<OnDisk> chunks,
    Optional<Kept<Examples>> kept)
    implements AutoCloseable {

  /**
   * Examples on executors' disks.
   *
   * @param written what was written for workers; empty if they read what was there
   * @param memory of a worker, which determines their order
   */
  public record OnDisk(Optional<ChunkedRdd> written, DataMemory memory) {}

  /** All in memory, or to be made again. */
  public Shards(Schema schema, JavaRDD<Examples> blocks, List<Tally> tallies) {
    this(schema, blocks, tallies, Optional.empty(), Optional.empty());
  }

  /** Reads, packs and caches the source on {@code workers} workers, usually normalised. */
  public static Shards load(JavaSparkContext spark, DataSource source, int workers) {
    return load(spark, source, workers, Normalisation.usual(source.schema()));
  }

  /** Reads, packs and caches the source on {@code workers} workers, as a model wants it. */
  public static Shards load(
      JavaSparkContext spark, DataSource source, int workers, Normalisation normalisation) {
    return load(spark, source, workers, usualMemory(spark, workers), Storing.IN_ORDER)
        .normalised(normalisation);
  }

  /**
   * Reads, packs and caches the source on {@code workers} workers, usually normalised.
   *
   * @param memory of a worker
   * @param storing of examples that need more
   * @throws dev.lockstep.memory.MemoryError if they are all to be in memory, which is too small
   */
  public static Shards load(
      JavaSparkContext spark, DataSource source, int workers, DataMemory memory, Storing storing) {
    long most = (source.count() + workers - 1) / workers;
    if (ChunkPlan.inMemory(source.schema(), most, memory.bytes())) {
      Heap heap = Heap.of(spark.getConf());
      heap.expectRoom(
          new Share(source.schema(), source.count(), workers),
          heap.local() ? Math.min(workers, spark.defaultParallelism()) : 1);
    } else {
      Optional<JavaRDD<Examples>> stored = source.stored(spark, workers, memory.bytes());
      if (stored.isPresent()) {
        return new Shards(
            source.schema(),
            stored.get(),
            tallies(stored.get()),
            Optional.of(new OnDisk(Optional.empty(), memory)),
            Optional.empty());
      }
    }
    return of(
        source.schema(),
        ReadCount.counted(source.load(spark, workers)),
        most,
        memory,
        storing,
        StorageLevel.MEMORY_AND_DISK());
  }

  /**
   * Caches of each worker which files its examples are, which are decoded whenever one is wanted.
   *
   * @throws DataError if the source has no such
   */
  public static Shards undecoded(JavaSparkContext spark, DataSource source, int workers) {
    JavaRDD<Examples> files =
        source
            .undecoded(spark, workers, source.schema().coding())
            .orElseThrow(
                () ->
                    new DataError(
                        "the training data are no files of pictures, which could be decoded in each epoch: leave out decode"));
    return of(source.schema(), files, StorageLevel.MEMORY_AND_DISK());
  }

  /**
   * Packs and caches examples, one partition a worker.
   *
   * @param most how many examples the largest partition has, or fewer
   * @param memory of a worker
   * @param storing of examples that need more
   * @param storage of those that do not
   */
  public static Shards of(
      Schema schema,
      JavaRDD<Example> examples,
      long most,
      DataMemory memory,
      Storing storing,
      StorageLevel storage) {
    if (ChunkPlan.inMemory(schema, most, memory.bytes())) {
      return of(schema, ExampleBlock.pack(examples, schema), storage);
    }
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(examples.context());
    memory.within(Heap.of(spark.getConf()), sharing(spark, examples.getNumPartitions()));
    ChunkPlan plan = ChunkPlan.of(schema, most, memory.bytes(), storing);
    ChunkedRdd chunks = ChunkedRdd.of(examples, schema, plan);
    LiveRuns.begin(chunks.dataId());
    JavaRDD<Examples> shares = chunks.toJavaRDD();
    try {
      return new Shards(
          schema,
          shares,
          tallies(shares),
          Optional.of(new OnDisk(Optional.of(chunks), memory)),
          Optional.empty());
    } catch (RuntimeException e) {
      close(chunks);
      throw e;
    }
  }

  /**
   * Caches packed blocks, one a worker.
   *
   * @throws ClusterException if there is no executor for long
   */
  public static Shards of(Schema schema, JavaRDD<Examples> blocks, StorageLevel storage) {
    Kept<Examples> kept = Transport.keep(blocks, storage);
    JavaRDD<Examples> cached = kept.values().setName("examples");
    return new Shards(schema, cached, tallies(cached), Optional.empty(), Optional.of(kept));
  }

  private static List<Tally> tallies(JavaRDD<Examples> shares) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(shares.context());
    spark.setJobGroup(
        "load", "load the examples of %d workers".formatted(shares.getNumPartitions()));
    return SparkJob.collect(
        shares.mapPartitions(it -> Stream.of(tally(it.next())).iterator(), true),
        new TaskSlots(spark).watchForAny());
  }

  /**
   * What a worker may take where nobody says it: its part of what its executor has for examples.
   *
   * @param workers how many there are in all
   */
  public static DataMemory usualMemory(JavaSparkContext spark, int workers) {
    return DataMemory.of(spark.getConf(), sharing(spark, workers));
  }

  /** How many workers share a heap. */
  private static int sharing(JavaSparkContext spark, int workers) {
    return spark.isLocal() ? workers : new TaskSlots(spark).sharing(workers);
  }

  /** The same examples, cached once, normalised otherwise; to be closed are the ones loaded. */
  public Shards normalised(Normalisation normalisation) {
    return new Shards(
        schema, blocks.map(block -> block.normalised(normalisation)), tallies, chunks, kept);
  }

  /** The tally of a worker's examples. */
  public static Tally tally(Examples own) {
    return new Tally(0, own.size(), own.idHash());
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
    kept.ifPresent(Kept::close);
    chunks.flatMap(OnDisk::written).ifPresent(Shards::close);
  }

  /** Removes what is on disks: here at once, and on executors by the tasks that come next. */
  private static void close(ChunkedRdd chunks) {
    LiveRuns.end(chunks.dataId());
    if (!chunks.context().isStopped()) {
      chunks.forget();
      JavaSparkContext spark = JavaSparkContext.fromSparkContext(chunks.context());
      new TaskSlots(spark).onEach(LiveRuns.ids(), LocalChunks::keepOnly);
    }
    LocalChunks.keepOnly(LiveRuns.ids());
  }
}
