package dev.lockstep.dataset;

import dev.lockstep.data.DataError;
import dev.lockstep.data.Deal;
import dev.lockstep.data.Example;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Transport;
import dev.lockstep.data.Transport.Kept;
import dev.lockstep.data.chunk.ChunkPlan.Storing;
import dev.lockstep.memory.DataMemory;
import dev.lockstep.models.ExampleLayout;
import dev.lockstep.strategy.Shards;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;

/**
 * DataSets as workers hold them. An example's id is its position in the RDD.
 *
 * @param layout of the examples' arrays
 * @param shards the examples, as flat rows
 */
public record DataSetShards(ExampleLayout layout, Shards shards) implements AutoCloseable {

  /** Who gets which examples. */
  public enum Dealing {
    /** Worker w of n every n-th example from its w-th: as many each, whatever the data's order. */
    IN_TURN,
    /** Each partition is a worker's. */
    AS_PARTITIONED
  }

  private record Survey(long examples, ExampleLayout layout) implements Serializable {
    Survey plus(PackedDataSet data) {
      ExampleLayout more = LayoutSurvey.of(data);
      return new Survey(
          examples + data.examples(), layout == null ? more : LayoutSurvey.merge(layout, more));
    }
  }

  /**
   * Packs, deals and caches the DataSets.
   *
   * @param workers how many, if they are dealt in turn
   * @param memory of a worker
   * @param storage of examples that do not need more
   * @throws DataError if there are no examples, or their arrays are not alike
   */
  public static DataSetShards of(
      JavaRDD<PackedDataSet> given,
      Dealing dealing,
      int workers,
      DataMemory memory,
      StorageLevel storage) {
    try (Kept<PackedDataSet> kept = Transport.keep(given, storage)) {
      JavaRDD<PackedDataSet> data = kept.values();
      List<Survey> surveys =
          Failures.told(() -> Transport.collect(data.mapPartitions(it -> survey(it))));
      ExampleLayout layout =
          surveys.stream()
              .filter(survey -> survey.examples() > 0)
              .map(Survey::layout)
              .reduce(LayoutSurvey::merge)
              .map(LayoutSurvey::finish)
              .orElseThrow(() -> new DataError("there are no examples to train: the RDD is empty"));
      JavaRDD<Example> examples = rows(data, layout, starts(surveys));
      boolean dealt = dealing == Dealing.IN_TURN;
      JavaRDD<Example> own = dealt ? Deal.byId(examples, workers) : examples;
      LongStream sizes = surveys.stream().mapToLong(Survey::examples);
      long most = dealt ? (sizes.sum() + workers - 1) / workers : sizes.max().orElse(0);
      return Failures.told(
          () ->
              new DataSetShards(
                  layout, Shards.of(schema(layout), own, most, memory, Storing.DEALT, storage)));
    }
  }

  private static Iterator<Survey> survey(Iterator<PackedDataSet> partition) {
    Survey survey = new Survey(0, null);
    while (partition.hasNext()) {
      PackedDataSet data = partition.next();
      survey = data.examples() == 0 ? survey : survey.plus(data);
    }
    return List.of(survey).iterator();
  }

  /** The id of each partition's first example. */
  private static long[] starts(List<Survey> surveys) {
    long[] starts = new long[surveys.size()];
    for (int i = 1; i < starts.length; i++) {
      starts[i] = starts[i - 1] + surveys.get(i - 1).examples();
    }
    return starts;
  }

  private static Schema schema(ExampleLayout layout) {
    return Schema.regression(layout.featureLength(), layout.labelLength());
  }

  private static JavaRDD<Example> rows(
      JavaRDD<PackedDataSet> data, ExampleLayout layout, long[] starts) {
    return data.mapPartitionsWithIndex(
        (partition, it) -> {
          RowPacker packer = new RowPacker(layout);
          AtomicLong next = new AtomicLong(starts[partition]);
          return StreamSupport.stream(Spliterators.spliteratorUnknownSize(it, 0), false)
              .flatMap(some -> packer.examples(some, next.getAndAdd(some.examples())).stream())
              .iterator();
        },
        true);
  }

  @Override
  public void close() {
    shards.close();
  }
}
