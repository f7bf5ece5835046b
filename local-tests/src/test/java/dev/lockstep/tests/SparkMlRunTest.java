package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.SparkExtension;
import dev.lockstep.ml.LockstepClassifier;
import dev.lockstep.ml.LockstepModel;
import dev.lockstep.ml.LockstepRegressor;
import dev.lockstep.ml.TrainingSummary;
import dev.lockstep.models.ModelState;
import dev.lockstep.train.RoundReport;
import dev.lockstep.train.RunListener;
import dev.lockstep.train.RunResult.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What estimators look at and keep while they train: validation, checkpoints, summaries. */
@ExtendWith(SparkExtension.class)
class SparkMlRunTest {
  private static final StructType COLUMNS =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("features", SQLDataTypes.VectorType())
          .add("label", DataTypes.DoubleType)
          .add("validation", DataTypes.BooleanType);

  /** Points on both sides of a line, of which every tenth is on the wrong one. */
  private static Dataset<Row> points(JavaSparkContext spark) {
    SplittableRandom random = new SplittableRandom(5);
    List<Row> rows = new ArrayList<>();
    for (long i = 0; i < 200; i++) {
      double x = random.nextDouble(-1, 1);
      double y = random.nextDouble(-1, 1);
      double label = x + y > 0 ^ i % 10 == 0 ? 1 : 0;
      Boolean validation = i % 4 == 1 ? Boolean.TRUE : i % 8 == 0 ? null : Boolean.FALSE;
      rows.add(RowFactory.create(i, Vectors.dense(x, y), label, validation));
    }
    return Frames.session(spark).createDataFrame(rows, COLUMNS);
  }

  private static LockstepClassifier classifier() {
    return new LockstepClassifier()
        .setIdCol("id")
        .setWorkers(2)
        .setBatchSize(8)
        .setAveragingPeriod(3)
        .setHiddenLayers(6)
        .setEpochs(6)
        .setLearningRate(0.02);
  }

  /** Ends the fit, as a lost driver would, once so many minibatches are trained. */
  private record Killer(long steps) implements RunListener {
    @Override
    public void display(RoundReport report, ModelState state) {
      if (report.steps() >= steps) {
        throw new IllegalStateException("killed");
      }
    }
  }

  @Test
  void a_fit_that_was_killed_goes_on_and_gives_the_bits_of_one_that_was_not(
      @TempDir Path folder, JavaSparkContext spark) throws IOException {
    Dataset<Row> points = points(spark);
    LockstepClassifier classifier =
        classifier().setValidationIndicatorCol("validation").setPatience(20);
    LockstepModel whole = classifier.fit(points);
    classifier.setCheckpointDir(folder.resolve("checkpoints").toUri().toString());
    LockstepClassifier killed = classifier.copy(org.apache.spark.ml.param.ParamMap.empty());
    assertThatThrownBy(() -> killed.addListener(new Killer(70)).fit(points)).hasMessage("killed");
    assertThat(listed(folder.resolve("checkpoints"))).hasSize(1);
    // Another fit neither takes them nor removes them.
    classifier.setSeed(2).fit(points);

    List<Long> resumed = new ArrayList<>();
    LockstepModel continued =
        classifier
            .setSeed(1)
            .addListener(
                new RunListener() {
                  @Override
                  public void resuming(long steps) {
                    resumed.add(steps);
                  }
                })
            .fit(points);

    assertThat(resumed).hasSize(1).allMatch(steps -> steps > 30 && steps < 80);
    assertThat(continued.state()).isEqualTo(whole.state());
    assertThat(continued.summary().losses()).isEqualTo(whole.summary().losses()).hasSize(6);
    assertThat(continued.summary().validations()).isEqualTo(whole.summary().validations());
    assertThat(listed(folder.resolve("checkpoints"))).isEmpty();
  }

  private static List<Path> listed(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void rows_of_the_indicator_are_looked_at_and_not_trained(JavaSparkContext spark) {
    Dataset<Row> points = points(spark);

    LockstepModel byColumn =
        classifier().setValidationIndicatorCol("validation").setPatience(2).fit(points);
    LockstepModel byTable =
        classifier()
            .setValidationDataset(points.where("validation"))
            .setPatience(2)
            .fit(points.where("validation is null or not validation"));

    TrainingSummary summary = byColumn.summary();
    assertThat(byColumn.state()).isEqualTo(byTable.state());
    assertThat(summary.rows()).isEqualTo(150);
    assertThat(summary.dataHash()).isEqualTo(byTable.summary().dataHash()).hasSize(32);
    assertThat(summary.validations()).isNotEmpty().isEqualTo(byTable.summary().validations());
    double best =
        summary.validations().stream()
            .mapToDouble(TrainingSummary.Validation::accuracy)
            .max()
            .orElseThrow();
    Dataset<Row> looked = points.where("validation");
    assertThat(byColumn.transform(looked).where("prediction = label").count() / 50.0)
        .isEqualTo(best);
  }

  @Test
  void training_stops_where_nothing_gets_better_and_gives_the_best_model(JavaSparkContext spark) {
    LockstepModel model =
        classifier()
            .setEpochs(200)
            .setAveragingPeriod(5) // of which an epoch has two
            .setValidationIndicatorCol("validation")
            .setMonitor("loss")
            .setMinDelta(0.001)
            .setPatience(3)
            .fit(points(spark));

    TrainingSummary summary = model.summary();
    assertThat(summary.ending()).isEqualTo(Ending.EARLY);
    assertThat(summary.epochs()).isLessThan(200).isEqualTo(summary.validations().size());
    assertThat(summary.modelSteps())
        .isEqualTo(summary.validations().get(summary.validations().size() - 4).steps())
        .isLessThan(summary.steps());
    assertThat(summary.examples()).isEqualTo(150L * summary.epochs());
    assertThat(summary.settings())
        .containsEntry("patience", "3")
        .containsEntry("monitor", "\"loss\"")
        .containsEntry("workers", "2")
        .containsKeys("Lockstep", "Spark", "seed");
    assertThat(summary.secondsOf().values().stream().mapToDouble(Double::doubleValue).sum())
        .isBetween(0.0, summary.seconds() + 1);
  }

  @Test
  void every_fit_of_a_cross_validation_stops_early_and_the_summary_is_saved_with_the_pipeline(
      @TempDir Path folder, JavaSparkContext spark) throws IOException {
    LockstepClassifier classifier =
        classifier().setEpochs(60).setValidationIndicatorCol("validation").setPatience(2);
    List<Long> stopped = new ArrayList<>();
    classifier.addListener(
        new RunListener() {
          @Override
          public void stoppedEarly(RoundReport report, dev.lockstep.train.EarlyStopping.Seen best) {
            stopped.add(best.bestSteps());
          }
        });
    CrossValidatorModel tuned =
        new CrossValidator()
            .setEstimator(new Pipeline().setStages(new PipelineStage[] {classifier}))
            .setEstimatorParamMaps(
                new ParamGridBuilder()
                    .addGrid(classifier.learningRate(), new double[] {1e-5, 0.02})
                    .build())
            .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("accuracy"))
            .setNumFolds(2)
            .fit(points(spark));

    PipelineModel best = (PipelineModel) tuned.bestModel();
    String path = folder.resolve("pipeline").toString();
    best.write().overwrite().save(path);
    TrainingSummary saved = ((LockstepModel) PipelineModel.load(path).stages()[0]).summary();

    assertThat(stopped).hasSizeGreaterThanOrEqualTo(3);
    assertThat(saved).isEqualTo(((LockstepModel) best.stages()[0]).summary());
    assertThat(saved.ending()).isEqualTo(Ending.EARLY);
    assertThat(saved.settings()).containsEntry("learningRate", "0.02");
  }

  @Test
  void events_for_tensorboard_are_in_a_folder_of_each_fit(
      @TempDir Path folder, JavaSparkContext spark) throws IOException {
    LockstepClassifier classifier =
        classifier().setEpochs(1).setTensorBoardDir(folder.toString()).setProgress(false);

    classifier.fit(points(spark));
    classifier.setSeed(2).fit(points(spark));

    List<Path> fits = listed(folder);
    assertThat(fits).hasSize(2).allMatch(fit -> fit.toString().contains(classifier.uid()));
    assertThat(listed(fits.get(0))).allMatch(file -> file.toString().contains("tfevents"));
  }

  @Test
  void what_cannot_be_validated_is_one_line(JavaSparkContext spark) {
    Dataset<Row> points = points(spark);

    assertThatThrownBy(() -> classifier().setPatience(2).fit(points))
        .hasMessage(
            "patience looks at rows that are not trained: set validationIndicatorCol, or"
                + " setValidationDataset");
    assertThatThrownBy(() -> classifier().setValidationIndicatorCol("label").fit(points))
        .hasMessage("validationIndicatorCol: column label is of type double: expected booleans");
    assertThatThrownBy(
            () ->
                classifier()
                    .setValidationIndicatorCol("validation")
                    .fit(points.where("not validation")))
        .hasMessage(
            "validationIndicatorCol: column validation is true in no row: there is nothing to"
                + " validate on");
    assertThatThrownBy(
            () ->
                new LockstepRegressor()
                    .setValidationDataset(points)
                    .setMonitor("accuracy")
                    .setPatience(1)
                    .fit(points))
        .hasMessage("monitor accuracy needs classes: use loss");
    assertThatThrownBy(() -> classifier().setMonitor("auto"))
        .hasMessage("monitor must be one of accuracy, loss, not auto");
  }

  @Test
  void classes_count_as_they_are_weighted(JavaSparkContext spark) {
    Dataset<Row> rare = points(spark).where("label = 0 or id % 5 = 0");
    LockstepClassifier classifier = classifier().setEpochs(15);

    long plain = classifier.fit(rare).transform(rare).where("prediction = 1").count();
    LockstepModel balanced = classifier.setClassWeights("balanced").fit(rare);
    LockstepModel heavy = classifier.setClassWeights("1, 20").fit(rare);

    assertThat(balanced.transform(rare).where("prediction = 1").count()).isGreaterThan(plain);
    assertThat(heavy.transform(rare).where("prediction = 1").count()).isGreaterThan(plain);
    assertThat(classifier.setClassWeights("1,1").fit(rare).state())
        .isEqualTo(classifier().setEpochs(15).fit(rare).state());
    assertThatThrownBy(() -> classifier.setClassWeights("1,-2"))
        .hasMessage(
            "classWeights: expected balanced, or numbers of more than 0 with commas between, found"
                + " '1,-2'");
    assertThatThrownBy(() -> classifier.setClassWeights("1,2,3").fit(rare))
        .hasMessage("expected class weights for 2 outputs, found 3");
  }
}
