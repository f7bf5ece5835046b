package dev.lockstep.train;

import dev.lockstep.data.DataSource;
import dev.lockstep.dataset.DataSetShards;
import dev.lockstep.dataset.DataSetShards.Dealing;
import dev.lockstep.dataset.PackedDataSet;
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

  /** Deals them to workers, who hold them. */
  LoadedData load(JavaSparkContext spark, int workers);

  /** Of files, or whatever else is a source. */
  record OfSource(DataSource source) implements RunData {
    @Override
    public LoadedData load(JavaSparkContext spark, int workers) {
      return new LoadedData(
          Shards.load(spark, source, workers), Optional.of(source), Optional.empty(), true);
    }
  }

  /** Of a table, for a network. */
  record OfRows(Rows rows, NetworkDefinition network) implements RunData {
    @Override
    public LoadedData load(JavaSparkContext spark, int workers) {
      try (RowSource source = rows.open()) {
        return new OfSource(NetworkShape.coded(source, network)).load(spark, workers);
      }
    }
  }

  /** Of DL4J's DataSets, dealt in turn. */
  record OfDataSets(JavaRDD<PackedDataSet> dataSets) implements RunData {
    @Override
    public LoadedData load(JavaSparkContext spark, int workers) {
      DataSetShards data =
          DataSetShards.of(dataSets, Dealing.IN_TURN, workers, StorageLevel.MEMORY_AND_DISK());
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
    public LoadedData load(JavaSparkContext spark, int workers) {
      return new LoadedData(shards, Optional.empty(), layout, false);
    }
  }
}
