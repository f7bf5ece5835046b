package dev.lockstep.train;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.Decoding;
import dev.lockstep.data.chunk.ChunkPlan.Storing;
import dev.lockstep.dataset.DataSetShards;
import dev.lockstep.dataset.DataSetShards.Dealing;
import dev.lockstep.dataset.PackedDataSet;
import dev.lockstep.memory.DataMemory;
import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.strategy.Shards;
import dev.lockstep.table.NetworkShape;
import dev.lockstep.table.RowSource;
import dev.lockstep.table.Rows;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;

/** Examples in one of the forms that people have them in. */
sealed interface RunData {

  /**
   * How examples are held.
   *
   * @param memory of a worker
   * @param storing of examples that need more
   * @param decoding of pictures
   */
  record Holding(int workers, DataMemory memory, Storing storing, Decoding decoding) {}

  /** Deals them to workers, who hold them. */
  LoadedData load(JavaSparkContext spark, Holding holding);

  /** Of files, or whatever else is a source. */
  record OfSource(DataSource source) implements RunData {
    @Override
    public LoadedData load(JavaSparkContext spark, Holding holding) {
      return new LoadedData(
          holding.decoding() == Decoding.EACH_EPOCH
              ? Shards.undecoded(spark, source, holding.workers())
              : Shards.load(spark, source, holding.workers(), holding.memory(), holding.storing()),
          Optional.of(source),
          Optional.empty(),
          true);
    }
  }

  /** Of a table, for a network. */
  record OfRows(Rows rows, NetworkDefinition network) implements RunData {
    @Override
    public LoadedData load(JavaSparkContext spark, Holding holding) {
      try (RowSource source = rows.open()) {
        return new OfSource(NetworkShape.coded(source, network)).load(spark, holding);
      }
    }
  }

  /** Of DL4J's DataSets, dealt in turn. */
  record OfDataSets(JavaRDD<PackedDataSet> dataSets) implements RunData {
    @Override
    public LoadedData load(JavaSparkContext spark, Holding holding) {
      DataSetShards data =
          DataSetShards.of(
              dataSets,
              Dealing.IN_TURN,
              holding.workers(),
              holding.memory(),
              StorageLevel.MEMORY_AND_DISK());
      return new LoadedData(data.shards(), Optional.empty(), Optional.of(data.layout()), true);
    }
  }

  /**
   * Held by workers already, normalised, one block each; whoever loaded them closes them.
   *
   * @param layout where the network's arrays are in an example, unless as the schema says
   */
  record Held(Shards shards, Optional<ExampleLayout> layout) implements RunData {
    @Override
    public LoadedData load(JavaSparkContext spark, Holding holding) {
      return new LoadedData(shards, Optional.empty(), layout, false);
    }
  }
}
