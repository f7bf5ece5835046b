package dev.lockstep.tests;

import dev.lockstep.data.DataSource;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.models.network.TutorialNetworks;
import dev.lockstep.strategy.AutomaticPeriod;
import dev.lockstep.strategy.Averaging;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.GradientAveraging;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.OuterOptimizer;
import dev.lockstep.strategy.OuterRule;
import dev.lockstep.strategy.ParameterAveraging;
import dev.lockstep.strategy.PostLocal;
import dev.lockstep.strategy.Shards;
import dev.lockstep.strategy.TrainingJob;
import dev.lockstep.strategy.TrainingLength.Epochs;
import dev.lockstep.strategy.TrainingStrategy;
import dev.lockstep.strategy.WorkerStage;
import dev.lockstep.tests.Runs.Strategy;
import dev.lockstep.train.RunListener;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** The ways of training together, on three workers, each with what it ends with undisturbed. */
enum Way {
  PARAMETERS(new ParameterAveraging(4, OuterOptimizer.NONE)),
  GRADIENTS(new GradientAveraging()),
  POST_LOCAL(new PostLocal(12, PARAMETERS.averaging)),
  AUTOMATIC_WITH_OUTER_MOMENTUM(
      new AutomaticPeriod(
          new ParameterAveraging(1, new OuterOptimizer(OuterRule.MOMENTUM, 1, 0.6)), 4));

  private static final Runs RUN =
      new Runs(3, 20, 4, EpochEnd.REMAINDER, Ordering.SHUFFLED, new Epochs(2), 11);
  private static final DataSource DATA = RealMnist.files().train().range(5000, 5700);

  private final Averaging averaging;
  private ModelState undisturbed;

  Way(Averaging averaging) {
    this.averaging = averaging;
  }

  Averaging averaging() {
    return averaging;
  }

  /** What it ends with when nothing happens; trained when first asked for. */
  synchronized ModelState undisturbed() {
    if (undisturbed == null) {
      try (JavaSparkContext spark = local("local[2]")) {
        undisturbed = train(spark);
      }
    }
    return undisturbed;
  }

  ModelState train(JavaSparkContext spark) {
    return train(spark, Runs.NONE);
  }

  ModelState train(JavaSparkContext spark, RunListener listener) {
    return RUN.trained(
            spark,
            DATA,
            network(),
            this::open,
            Optional.empty(),
            run -> run.execute(Runs.start(network())),
            listener)
        .state();
  }

  static ModelState train(JavaSparkContext spark, Strategy strategy) {
    return RUN.trained(spark, DATA, network(), strategy);
  }

  /** What four workers end with. */
  static ModelState trainFour(JavaSparkContext spark, Strategy strategy) {
    return RUN.withWorkers(4).trained(spark, DATA, network(), strategy);
  }

  static JavaSparkContext local(String master) {
    return new JavaSparkContext(
        new SparkConf()
            .setMaster(master)
            .setAppName("tests")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.ui.enabled", "false"));
  }

  private TrainingStrategy open(JavaSparkContext spark, Shards shards, TrainingJob job) {
    return new WorkerStage(spark, shards, job, averaging);
  }

  private static MultiLayerNetwork network() {
    return TutorialNetworks.softmax(784, 10, Optimizer.ADAM.updater(0.001), 5);
  }
}
