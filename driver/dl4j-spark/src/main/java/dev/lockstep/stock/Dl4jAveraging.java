package dev.lockstep.stock;

import dev.lockstep.models.Minibatch;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.dl4j.DataSets;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.dl4j.Dl4jTrainerFactory;
import dev.lockstep.strategy.Segment;
import dev.lockstep.strategy.TrainingJob;
import dev.lockstep.strategy.UpdaterState;
import dev.lockstep.strategy.WholeEpochs;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * DL4J's own {@code ParameterAveragingTrainingMaster}, to compare with. It does with the
 * minibatches what it does: it deals them anew, averages without weights and leaves some out.
 * Nothing is exported to disk.
 */
public final class Dl4jAveraging implements WholeEpochs.Trainer {
  private final JavaSparkContext spark;
  private final TrainingJob job;
  private final Dl4jTrainerFactory dl4j;
  private final int period;
  private final UpdaterState updaterState;

  /**
   * @param job whose trainers compute by DL4J
   * @param period minibatches between two averages, at least 1
   * @param updaterState whether it is to save the updater's, which by itself it does not
   */
  public Dl4jAveraging(
      JavaSparkContext spark, TrainingJob job, int period, UpdaterState updaterState) {
    if (!(job.trainers() instanceof Dl4jTrainerFactory trainers)) {
      throw new IllegalArgumentException("DL4J's trainer computes by DL4J");
    }
    this.spark = spark;
    this.job = job;
    dl4j = trainers;
    this.period = period;
    this.updaterState = updaterState;
  }

  @Override
  public WholeEpochs.Trained train(
      ModelState start, Segment epoch, JavaRDD<Minibatch> minibatches) {
    Model network = dl4j.network().newNetwork();
    Dl4jLocalTrainer.load(network, start);
    Dl4jLocalTrainer.epoch(network, job.schedule().epochs(epoch.from()));
    FitCounter counter = FitCounter.of(spark);
    Dl4jTrainerFactory dl4j = this.dl4j;
    JavaRDD<MultiDataSet> arrays =
        minibatches.<MultiDataSet>map(dl4j::arrays).persist(StorageLevel.MEMORY_ONLY());
    try {
      fit(network, arrays, master(epoch, counter));
    } finally {
      arrays.unpersist();
    }
    return counter.trained(Dl4jLocalTrainer.stateOf(network));
  }

  private void fit(
      Model network, JavaRDD<MultiDataSet> minibatches, ParameterAveragingTrainingMaster master) {
    if (network instanceof ComputationGraph graph) {
      new SparkComputationGraph(spark, graph, master).fitMultiDataSet(minibatches);
    } else {
      new SparkDl4jMultiLayer(spark, (MultiLayerNetwork) network, master)
          .fit(minibatches.map(DataSets::single));
    }
  }

  private ParameterAveragingTrainingMaster master(Segment epoch, FitCounter counter) {
    int batch = job.schedule().largestMinibatch();
    return new ParameterAveragingTrainingMaster.Builder(job.schedule().workers(), batch)
        .batchSizePerWorker(batch)
        .averagingFrequency(period)
        .saveUpdater(updaterState == UpdaterState.AVERAGED)
        .rddTrainingApproach(RDDTrainingApproach.Direct)
        .storageLevel(null)
        .rngSeed(job.seed() * 1_000_003 + epoch.from())
        .trainingHooks(counter)
        .build();
  }
}
