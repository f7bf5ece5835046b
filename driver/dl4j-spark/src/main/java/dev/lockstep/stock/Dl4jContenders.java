package dev.lockstep.stock;

import dev.lockstep.bench.BenchSetup;
import dev.lockstep.bench.Contender;
import dev.lockstep.bench.Contender.Measured;
import dev.lockstep.bench.StockContenders;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.dataset.DataSet;

/** DL4J's Spark layer, for {@code lockstep bench}. */
public final class Dl4jContenders implements StockContenders {
  private static final int PERIOD = 10;

  @Override
  public List<Contender> all(BenchSetup setup) {
    return List.of(
        best(setup, PERIOD),
        best(setup, 1),
        new Contender(
            "dl4j-spark, default settings, period 10",
            () -> train(setup, master(setup, 1, PERIOD).build(), 1)));
  }

  /** Batches made beforehand and cached; nothing exported to disk, nothing stored again. */
  private static Contender best(BenchSetup setup, int period) {
    return new Contender(
        "dl4j-spark, best settings, period " + period,
        () ->
            train(
                setup,
                master(setup, BenchSetup.BATCH, period)
                    .storageLevel(null)
                    .rddTrainingApproach(RDDTrainingApproach.Direct)
                    .build(),
                BenchSetup.BATCH));
  }

  private static ParameterAveragingTrainingMaster.Builder master(
      BenchSetup setup, int examplesAnObject, int period) {
    return new ParameterAveragingTrainingMaster.Builder(setup.workers(), examplesAnObject)
        .batchSizePerWorker(BenchSetup.BATCH)
        .averagingFrequency(period);
  }

  /** One epoch: it takes long enough. */
  private static Measured train(
      BenchSetup setup, ParameterAveragingTrainingMaster master, int batch) {
    JavaRDD<DataSet> data =
        setup
            .training()
            .blocks()
            .flatMap(block -> BenchSetup.dataSets(block, batch).iterator())
            .persist(StorageLevel.MEMORY_ONLY());
    data.count();
    SparkDl4jMultiLayer network =
        new SparkDl4jMultiLayer(setup.spark(), setup.task().network(), master);
    long startedAt = System.nanoTime();
    network.fit(data);
    Measured measured = setup.measured(network.getNetwork(), 1, startedAt);
    data.unpersist();
    master.deleteTempFiles(setup.spark());
    return measured;
  }
}
