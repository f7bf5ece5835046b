package dev.lockstep.bench;

import dev.lockstep.bench.Contender.Measured;
import dev.lockstep.data.Examples;
import dev.lockstep.strategy.Shards;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Spark's own learners. They choose how they pass over the data, so they are given as many
 * iterations as they need for the accuracy of the first contender; all of their time counts as one
 * epoch's share of as many epochs as that took.
 */
final class MllibContenders {
  private static final List<Integer> ITERATIONS = List.of(5, 10, 20, 40, 80, 160);
  private static final StructType COLUMNS =
      new StructType()
          .add("label", DataTypes.DoubleType)
          .add("features", SQLDataTypes.VectorType());

  private final BenchSetup setup;
  private final double target;
  private final Dataset<Row> training;
  private final Dataset<Row> test;

  /**
   * @param target the accuracy to reach
   */
  MllibContenders(BenchSetup setup, double target) {
    this.setup = setup;
    this.target = target;
    SparkSession session = SparkSession.builder().sparkContext(setup.spark().sc()).getOrCreate();
    training = rows(session, setup.training());
    test = rows(session, setup.test());
  }

  private interface Learner extends IntFunction<Model<?>> {}

  List<Contender> all() {
    Learner perceptron =
        iterations ->
            new MultilayerPerceptronClassifier()
                .setLayers(setup.task().layers())
                .setSeed(1)
                .setMaxIter(iterations)
                .fit(training);
    Learner regression =
        iterations -> new LogisticRegression().setMaxIter(iterations).fit(training);
    List<Contender> contenders = new ArrayList<>();
    contenders.add(contender("mllib MultilayerPerceptronClassifier", perceptron));
    if (setup.task() == BenchTask.SOFTMAX) {
      contenders.add(contender("mllib LogisticRegression", regression));
    }
    return contenders;
  }

  private Contender contender(String name, Learner learner) {
    int iterations = ITERATIONS.get(ITERATIONS.size() - 1);
    for (int candidate : ITERATIONS) {
      if (accuracy(learner.apply(candidate)) >= target) {
        iterations = candidate;
        break;
      }
    }
    int enough = iterations;
    return new Contender("%s, %d iterations".formatted(name, enough), () -> train(learner, enough));
  }

  private Measured train(Learner learner, int iterations) {
    long startedAt = System.nanoTime();
    Model<?> model = learner.apply(iterations);
    double seconds = (System.nanoTime() - startedAt) / 1e9;
    return new Measured(seconds, setup.epochs(), accuracy(model));
  }

  private double accuracy(Model<?> model) {
    return (double) model.transform(test).where("prediction = label").count() / test.count();
  }

  private static Dataset<Row> rows(SparkSession session, Shards shards) {
    Dataset<Row> rows =
        session
            .createDataFrame(shards.blocks().flatMap(block -> rows(block).iterator()), COLUMNS)
            .cache();
    rows.count();
    return rows;
  }

  private static List<Row> rows(Examples block) {
    int inputs = block.schema().featureLength();
    float[] features = new float[inputs];
    float[] labels = new float[block.schema().labelLength()];
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < block.size(); i++) {
      block.copy(i, 0, features, labels);
      double[] values = new double[inputs];
      for (int j = 0; j < inputs; j++) {
        values[j] = features[j];
      }
      rows.add(RowFactory.create((double) block.label(i), Vectors.dense(values)));
    }
    return rows;
  }
}
