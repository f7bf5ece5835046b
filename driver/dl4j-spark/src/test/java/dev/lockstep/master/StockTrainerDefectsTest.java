package dev.lockstep.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.data.SparkExtension;
import dev.lockstep.dataset.DataSetShards;
import dev.lockstep.dataset.DataSetShards.Dealing;
import dev.lockstep.dataset.PackedDataSet;
import dev.lockstep.memory.DataMemory;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.Ledger;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.Schedule;
import dev.lockstep.strategy.SingleProcess;
import dev.lockstep.strategy.TrainingJob;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.train.Cadence;
import dev.lockstep.train.Evaluation;
import dev.lockstep.train.LossScale;
import dev.lockstep.train.RoundReport;
import dev.lockstep.train.RunListener;
import dev.lockstep.train.RunResult;
import dev.lockstep.train.TargetErrors;
import dev.lockstep.train.TrainingRun;
import dev.lockstep.train.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.earlystopping.SparkDataSetLossCalculator;
import org.deeplearning4j.spark.earlystopping.SparkEarlyStoppingTrainer;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

/** What DL4J's own trainer gets wrong, shown on it, and that Lockstep does not. */
@ExtendWith(SparkExtension.class)
class StockTrainerDefectsTest {
  private static final Evaluation NOTHING =
      new Evaluation.Regression(List.of(new TargetErrors(1, 0, 0, 0, 0)), 0);
  private static final MultiLayerConfiguration ADAM = Subjects.dense(new Adam(0.01));
  private static final MultiLayerConfiguration SGD = Subjects.dense(new Sgd(0.5));

  @Test
  void it_leaves_examples_out(JavaSparkContext spark) {
    JavaRDD<DataSet> data = spark.parallelize(Subjects.vectors(1000), 2);
    Seen stock = Seen.by("stock leaves out");
    Seen ours = Seen.by("ours leaves out");

    fit(
        spark,
        ADAM,
        data,
        direct(2, 1).batchSizePerWorker(64).averagingFrequency(5).trainingHooks(stock).build());
    fit(
        spark,
        ADAM,
        data,
        LockstepTrainingMaster.builder()
            .workers(2)
            .batchSizePerWorker(64)
            .averagingPeriod(5)
            .trainingHooks(ours)
            .build());

    assertThat(stock.examples()).isEqualTo(640);
    assertThat(ours.examples()).isEqualTo(1000);
  }

  @Test
  void it_does_not_save_the_updater_as_it_says_it_does(JavaSparkContext spark) {
    JavaRDD<DataSet> data = spark.parallelize(Subjects.vectors(64), 2);

    MultiLayerNetwork stock = fit(spark, ADAM, data, direct(2, 1).batchSizePerWorker(8).build());
    MultiLayerNetwork ours =
        fit(spark, ADAM, data, LockstepTrainingMaster.builder().workers(2).build());

    assertThat(stock.getIterationCount()).isPositive();
    assertThat(stock.getUpdater().getStateViewArray().norm2Number().doubleValue()).isZero();
    assertThat(ours.getUpdater().getStateViewArray().norm2Number().doubleValue()).isPositive();
  }

  @Test
  void it_averages_without_weights(JavaSparkContext spark) {
    List<DataSet> vectors = Subjects.vectors(36);
    DataSet many = DataSet.merge(vectors.subList(0, 32));
    DataSet few = DataSet.merge(vectors.subList(32, 36));
    JavaRDD<DataSet> data = spark.parallelize(List.of(many, few), 2);
    MultiLayerNetwork all = Subjects.network(SGD);
    all.fit(DataSet.merge(vectors));
    MultiLayerNetwork left = Subjects.network(SGD);
    left.fit(many);
    MultiLayerNetwork right = Subjects.network(SGD);
    right.fit(few);
    float[] unweighted = left.params().add(right.params()).div(2).data().asFloat();

    MultiLayerNetwork stock =
        fit(
            spark,
            SGD,
            data,
            direct(2, 32)
                .batchSizePerWorker(32)
                .averagingFrequency(1)
                .repartionData(Repartition.Never)
                .build());
    MultiLayerNetwork ours =
        fit(
            spark,
            SGD,
            data,
            LockstepTrainingMaster.builder()
                .batchSizePerWorker(32)
                .averagingPeriod(1)
                .repartition(Repartition.Never)
                .ordering(Ordering.AS_STORED)
                .localStep(LocalStep.DL4J)
                .build());

    assertThat(Subjects.parameters(stock)).containsExactly(unweighted, within(1e-6f));
    assertThat(Subjects.parameters(ours))
        .containsExactly(Subjects.parameters(all), within(1e-6f))
        .doesNotContain(unweighted, within(1e-6f));
  }

  @Test
  void it_gives_another_result_at_every_run(JavaSparkContext spark) {
    JavaRDD<DataSet> data = spark.parallelize(Subjects.vectors(256), 2);

    assertThat(stockRun(spark, data)).isNotEqualTo(stockRun(spark, data));
    assertThat(ourRun(spark, data)).isEqualTo(ourRun(spark, data));
  }

  private static float[] stockRun(JavaSparkContext spark, JavaRDD<DataSet> data) {
    TrainingMaster<?, ?> master = direct(2, 1).batchSizePerWorker(8).averagingFrequency(2).build();
    return Subjects.parameters(fit(spark, SGD, data, master));
  }

  private static float[] ourRun(JavaSparkContext spark, JavaRDD<DataSet> data) {
    TrainingMaster<?, ?> master =
        LockstepTrainingMaster.builder().workers(2).averagingPeriod(2).build();
    return Subjects.parameters(fit(spark, SGD, data, master));
  }

  @Test
  void it_leaves_its_files(@TempDir Path folder, JavaSparkContext spark) throws IOException {
    JavaRDD<DataSet> data = spark.parallelize(Subjects.vectors(64), 2);
    String usual = spark.hadoopConfiguration().get("hadoop.tmp.dir");
    spark.hadoopConfiguration().set("hadoop.tmp.dir", folder.toString());
    try {
      fit(spark, SGD, data, LockstepTrainingMaster.builder().workers(2).build());
      assertThat(files(folder)).isZero();
      fit(spark, SGD, data, new ParameterAveragingTrainingMaster.Builder(2, 1).build());
      assertThat(files(folder)).isPositive();
    } finally {
      spark.hadoopConfiguration().set("hadoop.tmp.dir", usual);
    }
  }

  @Test
  void its_early_stopping_miscounts_epochs(JavaSparkContext spark) {
    JavaRDD<DataSet> data = spark.parallelize(Subjects.vectors(64), 2);
    EarlyStoppingConfiguration<MultiLayerNetwork> everySecond =
        new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>()
            .epochTerminationConditions(new MaxEpochsTerminationCondition(4))
            .evaluateEveryNEpochs(2)
            .scoreCalculator(new SparkDataSetLossCalculator(data, true, spark.sc()))
            .build();
    EndlessTrainer stock = new EndlessTrainer(spark, everySecond, data);

    assertThatThrownBy(stock::fit).isInstanceOf(EndlessTrainer.Endless.class);
    assertThat(stock.fits).isGreaterThan(4);
    assertThat(validatedEpochs(spark, data)).containsExactly(2, 4);
  }

  /** Counts the epochs of early stopping, which by themselves would not end. */
  private static final class EndlessTrainer extends SparkEarlyStoppingTrainer {
    private static final class Endless extends RuntimeException {}

    private int fits;

    EndlessTrainer(
        JavaSparkContext spark,
        EarlyStoppingConfiguration<MultiLayerNetwork> configuration,
        JavaRDD<DataSet> data) {
      super(
          spark,
          LockstepTrainingMaster.builder().build(),
          configuration,
          Subjects.network(SGD),
          data);
    }

    @Override
    protected void fit(JavaRDD<DataSet> data) {
      fits++;
      if (fits > 10) {
        throw new Endless();
      }
    }
  }

  /** After which of four epochs Lockstep looks at validation data, if it is to every second. */
  private static List<Integer> validatedEpochs(JavaSparkContext spark, JavaRDD<DataSet> data) {
    List<Integer> epochs = new ArrayList<>();
    MultiLayerNetwork network = Subjects.network(SGD);
    try (DataSetShards prepared =
        DataSetShards.of(
            data.map(PackedDataSet::of),
            Dealing.IN_TURN,
            1,
            DataMemory.ALL,
            StorageLevel.MEMORY_ONLY())) {
      TrainingJob job =
          TrainingJob.of(
              LocalTrainers.factory(
                  NetworkDefinition.of(network), LocalStep.AUTO, prepared.layout()),
              new Schedule(
                  prepared.shards().sizes(), 8, EpochEnd.REMAINDER, new TrainingLength.Epochs(4)),
              Ordering.SHUFFLED,
              1);
      Cadence everySecond = new Cadence(2, Cadence.Unit.EPOCHS);
      TrainingRun.Plan plan =
          new TrainingRun.Plan(
              NetworkDefinition.of(network),
              new SingleProcess(prepared.shards().blocks().first(), job, 4),
              job.schedule(),
              Ledger.exact(job.schedule(), prepared.shards().tallies()),
              LossScale.EXAMPLE,
              everySecond,
              Optional.of(
                  new Validation(
                      everySecond,
                      states -> Collections.nCopies(states.size(), NOTHING),
                      Optional.empty())),
              everySecond,
              Optional.empty(),
              Map.of());
      RunListener listener =
          new RunListener() {
            @Override
            public void validated(RoundReport report, Evaluation evaluation) {
              epochs.add(report.epoch());
            }
          };
      RunResult result = new TrainingRun(plan, listener).execute(Dl4jLocalTrainer.stateOf(network));
      assertThat(result.epochs()).isEqualTo(4);
    }
    return epochs;
  }

  private static long files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  private static ParameterAveragingTrainingMaster.Builder direct(int workers, int examples) {
    return new ParameterAveragingTrainingMaster.Builder(workers, examples)
        .rddTrainingApproach(RDDTrainingApproach.Direct);
  }

  private static MultiLayerNetwork fit(
      JavaSparkContext spark,
      MultiLayerConfiguration configuration,
      JavaRDD<DataSet> data,
      TrainingMaster<?, ?> master) {
    return new SparkDl4jMultiLayer(spark, configuration.clone(), master).fit(data);
  }
}
