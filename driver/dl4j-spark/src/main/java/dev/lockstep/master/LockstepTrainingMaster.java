package dev.lockstep.master;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.dataset.DataSetShards;
import dev.lockstep.dataset.DataSetShards.Dealing;
import dev.lockstep.dataset.PackedDataSet;
import dev.lockstep.dataset.Packing;
import dev.lockstep.strategy.Shards;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.datavec.spark.util.BroadcastHadoopConfigHolder;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.api.TrainingResult;
import org.deeplearning4j.spark.api.TrainingWorker;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.data.loader.RemoteFileSourceFactory;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Trains the networks of DL4J's Spark layer as Lockstep does: every example once an epoch, averages
 * weighted by examples, the same bits at every rerun.
 *
 * <pre>{@code
 * TrainingMaster<?, ?> master =
 *     LockstepTrainingMaster.builder().batchSizePerWorker(64).averagingPeriod(10).build();
 * SparkDl4jMultiLayer network = new SparkDl4jMultiLayer(spark, configuration, master);
 * network.fit(dataSets); // one epoch
 * }</pre>
 *
 * <p>DataSets may have any number of examples each, of any shape, with masks; series may differ in
 * length. The network must be float32. Not for several threads at once.
 */
public final class LockstepTrainingMaster
    implements TrainingMaster<TrainingResult, TrainingWorker<TrainingResult>> {
  private final MasterSettings settings;
  private final DataCache cache = new DataCache();
  private final EpochTrainer trainer;
  private final List<TrainingHook> hooks;
  private List<TrainingListener> listeners = List.of();
  private StageStats stats;

  LockstepTrainingMaster(MasterSettings settings, List<TrainingHook> hooks) {
    this.settings = settings;
    this.hooks = new ArrayList<>(hooks);
    trainer = new EpochTrainer(settings);
  }

  public static MasterBuilder builder() {
    return new MasterBuilder();
  }

  @Override
  public void executeTraining(SparkDl4jMultiLayer network, JavaRDD<DataSet> trainingData) {
    network.setScore(
        train(network.getSparkContext(), network.getNetwork(), trainingData, PackedDataSet::of));
  }

  @Override
  public void executeTraining(SparkComputationGraph graph, JavaRDD<DataSet> trainingData) {
    graph.setScore(
        train(graph.getSparkContext(), graph.getNetwork(), trainingData, PackedDataSet::of));
  }

  @Override
  public void executeTrainingMDS(SparkComputationGraph graph, JavaRDD<MultiDataSet> trainingData) {
    graph.setScore(
        train(graph.getSparkContext(), graph.getNetwork(), trainingData, PackedDataSet::of));
  }

  @Override
  public void executeTrainingPaths(
      SparkDl4jMultiLayer network,
      SparkComputationGraph graph,
      JavaRDD<String> paths,
      DataSetLoader loader,
      MultiDataSetLoader multiLoader) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(paths.context());
    RemoteFileSourceFactory files =
        new RemoteFileSourceFactory(BroadcastHadoopConfigHolder.get(spark));
    Packing<String> packing =
        loader == null
            ? path -> PackedDataSet.of(multiLoader.load(files.getSource(path)))
            : path -> PackedDataSet.of(loader.load(files.getSource(path)));
    if (network != null) {
      network.setScore(train(spark, network.getNetwork(), paths, packing));
    } else {
      graph.setScore(train(spark, graph.getNetwork(), paths, packing));
    }
  }

  /** Trains an epoch; the score after it. */
  private <T> double train(
      JavaSparkContext spark, Model network, JavaRDD<T> data, Packing<T> packing) {
    long startedAt = System.currentTimeMillis();
    DataSetShards prepared = cache.prepared(data, () -> prepare(spark, data, packing));
    long preparedAt = System.currentTimeMillis();
    EpochTrainer.Epoch epoch =
        trainer.train(spark, network, prepared, List.copyOf(hooks), listeners);
    if (stats != null) {
      stats.add(startedAt, preparedAt, epoch.result());
    }
    return epoch.score();
  }

  private <T> DataSetShards prepare(JavaSparkContext spark, JavaRDD<T> data, Packing<T> packing) {
    int workers = settings.workers().orElseGet(spark::defaultParallelism);
    boolean asPartitioned =
        switch (settings.repartition()) {
          case Always -> false;
          case Never -> true;
          case NumPartitionsWorkersDiffers -> data.getNumPartitions() == workers;
        };
    return DataSetShards.of(
        data.map(packing),
        asPartitioned ? Dealing.AS_PARTITIONED : Dealing.IN_TURN,
        workers,
        Shards.usualMemory(spark, workers),
        settings.storageLevel());
  }

  @Override
  public void addHook(TrainingHook hook) {
    hooks.add(hook);
  }

  @Override
  public void removeHook(TrainingHook hook) {
    hooks.remove(hook);
  }

  /** Called in the driver after every average, and at the start and end of every epoch. */
  @Override
  public void setListeners(Collection<TrainingListener> listeners) {
    setListeners(null, listeners);
  }

  @Override
  public void setListeners(StatsStorageRouter router, Collection<TrainingListener> listeners) {
    this.listeners = listeners == null ? List.of() : List.copyOf(listeners);
    EpochListeners.route(router, this.listeners);
  }

  @Override
  public void setCollectTrainingStats(boolean collect) {
    stats = collect ? new StageStats() : null;
  }

  @Override
  public boolean getIsCollectTrainingStats() {
    return stats != null;
  }

  @Override
  public SparkTrainingStats getTrainingStats() {
    return stats;
  }

  /** Lets go of the training data that Spark holds for the next epoch; there are no files. */
  @Override
  public boolean deleteTempFiles(JavaSparkContext spark) {
    return deleteTempFiles(spark.sc());
  }

  @Override
  public boolean deleteTempFiles(SparkContext spark) {
    cache.clear();
    return true;
  }

  /**
   * @throws UnsupportedOperationException always: Lockstep's workers are none of DL4J's
   */
  @Override
  public TrainingWorker<TrainingResult> getWorkerInstance(SparkDl4jMultiLayer network) {
    throw noWorkers();
  }

  /**
   * @throws UnsupportedOperationException always: Lockstep's workers are none of DL4J's
   */
  @Override
  public TrainingWorker<TrainingResult> getWorkerInstance(SparkComputationGraph graph) {
    throw noWorkers();
  }

  private static UnsupportedOperationException noWorkers() {
    return new UnsupportedOperationException(
        "Lockstep's workers train inside a stage of its own, not as TrainingWorkers: use fit");
  }

  /** All options but hooks and listeners. */
  @Override
  public String toJson() {
    try {
      return JsonMapper.builder()
          .build()
          .writerWithDefaultPrettyPrinter()
          .writeValueAsString(settings.toMap());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values can be written", e);
    }
  }

  /**
   * A master with the options that {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if it did not
   */
  public static LockstepTrainingMaster fromJson(String json) {
    try {
      return MasterSettings.builder(
              JsonMapper.builder().build().readValue(json, new TypeReference<>() {}))
          .build();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a training master: " + e.getOriginalMessage(), e);
    }
  }

  /** As {@link #toJson}. */
  @Override
  public String toYaml() {
    return Yaml.write(settings.toMap());
  }

  /** As {@link #fromJson}. */
  public static LockstepTrainingMaster fromYaml(String yaml) {
    return MasterSettings.builder(Yaml.read(yaml)).build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LockstepTrainingMaster that && settings.equals(that.settings);
  }

  @Override
  public int hashCode() {
    return settings.hashCode();
  }

  @Override
  public String toString() {
    return "LockstepTrainingMaster" + settings.toMap();
  }
}
