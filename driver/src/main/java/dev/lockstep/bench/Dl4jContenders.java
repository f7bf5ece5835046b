package dev.lockstep.bench;

import dev.lockstep.bench.Contender.Measured;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.dataset.DataSet;

/** DL4J's own ways to train: in one process, and its Spark layer. */
final class Dl4jContenders {
  private static final int PERIOD = 10;

  private final BenchSetup setup;

  Dl4jContenders(BenchSetup setup) {
    this.setup = setup;
  }

  List<Contender> all() {
    return List.of(
        new Contender("dl4j, one process", this::oneProcess),
        new Contender("dl4j-spark, best settings, period 10", () -> spark(best(PERIOD))),
        new Contender("dl4j-spark, best settings, period 1", () -> spark(best(1))),
        new Contender("dl4j-spark, default settings, period 10", this::defaults));
  }

  private Measured oneProcess() {
    List<DataSet> batches =
        setup.training().blocks().collect().stream()
            .flatMap(block -> BenchSetup.dataSets(block, BenchSetup.BATCH).stream())
            .toList();
    MultiLayerNetwork network = setup.task().network();
    long startedAt = System.nanoTime();
    for (int epoch = 0; epoch < setup.epochs(); epoch++) {
      batches.forEach(network::fit);
    }
    return measured(network, setup.epochs(), startedAt);
  }

  /** Batches made beforehand and cached; nothing exported to disk, nothing stored again. */
  private ParameterAveragingTrainingMaster best(int period) {
    return master(BenchSetup.BATCH, period)
        .storageLevel(null)
        .rddTrainingApproach(RDDTrainingApproach.Direct)
        .build();
  }

  private ParameterAveragingTrainingMaster.Builder master(int examplesAnObject, int period) {
    return new ParameterAveragingTrainingMaster.Builder(setup.workers(), examplesAnObject)
        .batchSizePerWorker(BenchSetup.BATCH)
        .averagingFrequency(period);
  }

  private Measured spark(ParameterAveragingTrainingMaster master) {
    return spark(master, BenchSetup.BATCH);
  }

  private Measured defaults() {
    return spark(master(1, PERIOD).build(), 1);
  }

  /** One epoch: it takes long enough. */
  private Measured spark(ParameterAveragingTrainingMaster master, int batch) {
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
    Measured measured = measured(network.getNetwork(), 1, startedAt);
    data.unpersist();
    master.deleteTempFiles(setup.spark());
    return measured;
  }

  private Measured measured(MultiLayerNetwork network, int epochs, long startedAt) {
    double seconds = (System.nanoTime() - startedAt) / 1e9;
    return new Measured(seconds, epochs, setup.accuracy(network));
  }
}
