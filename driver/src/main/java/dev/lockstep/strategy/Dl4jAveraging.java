package dev.lockstep.strategy;

import dev.lockstep.data.Examples;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.dl4j.DataSets;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.dl4j.Dl4jTrainerFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
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
 * DL4J's own {@code ParameterAveragingTrainingMaster}, to compare with. It is given the minibatches
 * of an epoch, as {@link ParameterAveraging} would train them, and does with them what it does: it
 * deals them anew, averages without weights and leaves some out, which a {@link Ledger#counting}
 * tells. Nothing is exported to disk.
 */
public final class Dl4jAveraging implements TrainingStrategy {
  private final JavaSparkContext spark;
  private final JavaRDD<Examples> blocks;
  private final TrainingJob job;
  private final Dl4jTrainerFactory dl4j;
  private final int period;
  private final UpdaterState updaterState;

  /**
   * @param shards one block a worker, cached
   * @param job whose trainers compute by DL4J
   * @param period minibatches between two averages, at least 1
   * @param updaterState whether it is to save the updater's, which by itself it does not
   */
  public Dl4jAveraging(
      JavaSparkContext spark,
      Shards shards,
      TrainingJob job,
      int period,
      UpdaterState updaterState) {
    if (!(job.trainers() instanceof Dl4jTrainerFactory trainers)) {
      throw new IllegalArgumentException("DL4J's trainer computes by DL4J");
    }
    this.spark = spark;
    blocks = shards.blocks();
    this.job = job;
    dl4j = trainers;
    this.period = period;
    this.updaterState = updaterState;
  }

  /** The end of an epoch, for which it is given the data at once. */
  @Override
  public long nextAgreement(long slot) {
    return Math.min(job.schedule().slots(), roundEnd(slot));
  }

  @Override
  public long roundEnd(long slot) {
    int epoch = job.schedule().slotsPerEpoch();
    return (slot / epoch + 1) * epoch;
  }

  @Override
  public List<Outcome> run(ModelState state, List<Segment> segments, Duration atMost) {
    return new SegmentLoop(this::nextAgreement, this::round, new TimeBox(atMost))
        .run(state, segments);
  }

  private Outcome round(ModelState start, Segment round) {
    Model network = dl4j.network().newNetwork();
    Dl4jLocalTrainer.load(network, start);
    Dl4jLocalTrainer.epoch(network, job.schedule().epochs(round.from()));
    FitCounter counter = FitCounter.of(spark);
    JavaRDD<MultiDataSet> minibatches = minibatches(round).persist(StorageLevel.MEMORY_ONLY());
    try {
      fit(network, minibatches, master(round, counter));
    } finally {
      minibatches.unpersist();
    }
    int workers = job.schedule().workers();
    List<WorkerResult> results =
        Stream.concat(
                Stream.of(counter.result()),
                IntStream.range(1, workers).mapToObj(WorkerResult::none))
            .toList();
    return Outcome.of(Dl4jLocalTrainer.stateOf(network), round, results);
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

  private ParameterAveragingTrainingMaster master(Segment round, FitCounter counter) {
    int batch = job.schedule().largestMinibatch();
    return new ParameterAveragingTrainingMaster.Builder(job.schedule().workers(), batch)
        .batchSizePerWorker(batch)
        .averagingFrequency(period)
        .saveUpdater(updaterState == UpdaterState.AVERAGED)
        .rddTrainingApproach(RDDTrainingApproach.Direct)
        .storageLevel(null)
        .rngSeed(job.seed() * 1_000_003 + round.from())
        .trainingHooks(counter)
        .build();
  }

  private JavaRDD<MultiDataSet> minibatches(Segment round) {
    TrainingJob job = this.job;
    Dl4jTrainerFactory dl4j = this.dl4j;
    return blocks.mapPartitionsWithIndex(
        (worker, block) -> {
          MinibatchReader reader = new MinibatchReader(block.next(), job, worker);
          List<MultiDataSet> minibatches = new ArrayList<>();
          LongStream.range(round.from(), round.to())
              .mapToObj(slot -> job.schedule().span(slot, worker))
              .filter(span -> span.size() > 0)
              .forEach(span -> minibatches.add(dl4j.arrays(reader.read(span))));
          return minibatches.iterator();
        },
        true);
  }

  @Override
  public void close() {
    // Nothing is kept on executors.
  }
}
