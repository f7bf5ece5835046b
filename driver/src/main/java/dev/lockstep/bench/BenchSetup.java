package dev.lockstep.bench;

import dev.lockstep.data.Examples;
import dev.lockstep.data.idx.Mnist;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.strategy.Shards;
import dev.lockstep.train.DistributedEvaluation;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** What all contenders share: the task, and the same examples in memory. */
public final class BenchSetup implements AutoCloseable {
  /** Examples in a minibatch of one worker. */
  public static final int BATCH = 64;

  private final JavaSparkContext spark;
  private final BenchTask task;
  private final int workers;
  private final int epochs;
  private final Shards training;
  private final Shards gathered;
  private final Shards test;

  /**
   * @param workers replicas, of those that have several
   * @param epochs that each contender trains, but those that choose themselves
   */
  public BenchSetup(JavaSparkContext spark, Mnist data, BenchTask task, int workers, int epochs) {
    this.spark = spark;
    this.task = task;
    this.workers = workers;
    this.epochs = epochs;
    training = Shards.load(spark, data.train(), workers);
    gathered = Shards.load(spark, data.train(), 1);
    test = Shards.load(spark, data.test(), workers);
  }

  /** Where all train. */
  public JavaSparkContext spark() {
    return spark;
  }

  /** What all train. */
  public BenchTask task() {
    return task;
  }

  /** Replicas, of those that have several. */
  public int workers() {
    return workers;
  }

  /** Passes over the data, of those that do not choose themselves. */
  public int epochs() {
    return epochs;
  }

  /** The training examples, one block a worker. */
  public Shards training() {
    return training;
  }

  /** The training examples on one worker. */
  Shards gathered() {
    return gathered;
  }

  Shards test() {
    return test;
  }

  /** How many examples an epoch has. */
  public long examples() {
    return training.examples();
  }

  /** The share of test images recognised. */
  double accuracy(ModelState state) {
    return DistributedEvaluation.evaluate(spark, test, NetworkDefinition.of(task.network()), state)
        .confusion()
        .accuracy();
  }

  /**
   * What a training measured, that has just ended.
   *
   * @param epochs that it trained
   * @param startedAt by {@link System#nanoTime}
   */
  public Contender.Measured measured(MultiLayerNetwork network, int epochs, long startedAt) {
    double seconds = (System.nanoTime() - startedAt) / 1e9;
    return new Contender.Measured(seconds, epochs, accuracy(Dl4jLocalTrainer.stateOf(network)));
  }

  /** A block's examples as DL4J takes them, in batches of at most so many. */
  public static List<DataSet> dataSets(Examples block, int size) {
    int inputs = block.schema().featureLength();
    int classes = block.schema().labelLength();
    List<DataSet> batches = new ArrayList<>();
    for (int from = 0; from < block.size(); from += size) {
      int rows = Math.min(size, block.size() - from);
      float[] features = new float[rows * inputs];
      float[] labels = new float[rows * classes];
      for (int row = 0; row < rows; row++) {
        block.copy(from + row, row, features, labels);
      }
      batches.add(
          new DataSet(
              Nd4j.create(features, new long[] {rows, inputs}, 'c'),
              Nd4j.create(labels, new long[] {rows, classes}, 'c')));
    }
    return batches;
  }

  @Override
  public void close() {
    training.close();
    gathered.close();
    test.close();
  }
}
