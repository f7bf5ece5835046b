package dev.lockstep.tests;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.fetch.PublishedData;
import dev.lockstep.ml.LockstepClassifier;
import dev.lockstep.ml.LockstepModel;
import dev.lockstep.ml.LockstepRegressor;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.file.ModelFile;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.models.network.TutorialNetworks;
import dev.lockstep.tutorial.NonlinearTutorial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;

/** The stages for Spark ML on MNIST, as a user's program uses them. */
@Tag("each-line")
@Needs(PublishedData.MNIST)
@ExtendWith(SparkExtension.class)
class SparkMlTest {
  private static final int PIXELS = 784;
  private static final int CLASSES = 10;

  @TempDir private Path folder;

  private static Dataset<Row> training(JavaSparkContext spark, int examples) {
    return Frames.of(spark, RealMnist.files().train().range(5000, 5000 + examples));
  }

  private static Dataset<Row> test(JavaSparkContext spark) {
    return Frames.of(spark, RealMnist.files().test().range(0, 1000));
  }

  private static LockstepClassifier classifier() {
    return new LockstepClassifier().setWorkers(2).setEpochs(2);
  }

  private static double evaluate(Dataset<Row> predictions, String metric) {
    return new MulticlassClassificationEvaluator().setMetricName(metric).evaluate(predictions);
  }

  @Test
  void a_classifier_with_a_hidden_layer_learns_and_sparks_evaluators_take_its_columns(
      JavaSparkContext spark) {
    LockstepModel model =
        classifier()
            .setHiddenLayers(32)
            .setEpochs(8)
            .setLearningRate(0.003)
            .setSeed(3)
            .fit(training(spark, 3000));

    Dataset<Row> predictions = model.transform(test(spark)).cache();
    assertThat(predictions.columns())
        .containsExactly("id", "features", "label", "rawPrediction", "probability", "prediction");
    assertThat(evaluate(predictions, "accuracy")).isGreaterThan(0.85);
    assertThat(evaluate(predictions, "logLoss")).isLessThan(0.5);
    assertThat(model.numOutputs()).isEqualTo(CLASSES);
  }

  @Test
  void two_classes_are_ranked_for_the_area_under_the_curve(JavaSparkContext spark) {
    Dataset<Row> zeroOrNot =
        training(spark, 2000).withColumn("label", col("label").notEqual(0).cast("double"));

    Dataset<Row> predictions =
        classifier().setLearningRate(0.01).setEpochs(4).fit(zeroOrNot).transform(zeroOrNot);

    assertThat(new BinaryClassificationEvaluator().evaluate(predictions)).isBetween(0.98, 1.0);
  }

  @Test
  void a_pipeline_is_the_same_to_the_bit_after_saving_and_loading(JavaSparkContext spark)
      throws IOException {
    LockstepClassifier stage = classifier().setPredictionCol("digit");
    PipelineModel fitted =
        new Pipeline().setStages(new PipelineStage[] {stage}).fit(training(spark, 500));
    String path = folder.resolve("pipeline").toString();

    fitted.write().overwrite().save(path);
    PipelineModel loaded = PipelineModel.load(path);

    LockstepModel before = (LockstepModel) fitted.stages()[0];
    LockstepModel after = (LockstepModel) loaded.stages()[0];
    assertThat(after.state()).isEqualTo(before.state());
    assertThat(after.uid()).isEqualTo(before.uid()).isEqualTo(stage.uid());
    Path zip = Path.of(path, "stages", "0_" + stage.uid(), "model.zip");
    assertThat(ModelSerializer.restoreMultiLayerNetwork(zip.toFile()).params().toFloatVector())
        .as("as DL4J reads it")
        .containsExactly(before.state().parameters());
    assertThat(after.explainParams()).isEqualTo(before.explainParams());
    assertThat(loaded.transform(test(spark)).collectAsList())
        .isEqualTo(fitted.transform(test(spark)).collectAsList());
  }

  @Test
  void a_saved_estimator_trains_the_same(JavaSparkContext spark) throws IOException {
    LockstepClassifier classifier =
        classifier().setHiddenLayers(8).setOptimizer("nesterovs").setLearningRate(0.02);
    String path = folder.resolve("estimator").toString();

    classifier.save(path);
    LockstepClassifier loaded = LockstepClassifier.load(path);

    assertThat(loaded.explainParam(loaded.learningRate())).contains("current: 0.02");
    Dataset<Row> data = training(spark, 300);
    assertThat(loaded.fit(data).state()).isEqualTo(classifier.fit(data).state());
  }

  @Test
  void cross_validation_finds_the_better_learning_rate(JavaSparkContext spark) {
    LockstepClassifier classifier = classifier();
    ParamMap[] grid =
        new ParamGridBuilder()
            .addGrid(classifier.learningRate(), new double[] {1e-6, 1e-2})
            .build();
    CrossValidator validator =
        new CrossValidator()
            .setEstimator(new Pipeline().setStages(new PipelineStage[] {classifier}))
            .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("accuracy"))
            .setEstimatorParamMaps(grid)
            .setNumFolds(2)
            .setParallelism(2)
            .setSeed(1);

    CrossValidatorModel best = validator.fit(training(spark, 800));

    assertThat(best.avgMetrics()[0]).isLessThan(0.3);
    assertThat(best.avgMetrics()[1]).isGreaterThan(0.7);
    LockstepModel model = (LockstepModel) ((PipelineModel) best.bestModel()).stages()[0];
    LockstepClassifier parent = (LockstepClassifier) model.parent();
    assertThat(parent.getOrDefault(parent.learningRate())).isEqualTo(1e-2);
  }

  @Test
  void the_command_line_trains_the_same_parameters_to_the_bit() {
    String directory = folder.resolve("run").toString();
    System.setProperty("spark.master", "local[2]");
    CommandLine run =
        CommandLine.run(
            "train",
            "nonlinear",
            "--workers",
            "2",
            "--steps",
            "600",
            "--learning-rate",
            "0.1",
            "--averaging-period",
            "20",
            "--outer-momentum",
            "0.3",
            "--seed",
            "7",
            "--no-plots",
            "--model-dir",
            directory);
    assertThat(run.err()).isEmpty();
    NonlinearTutorial tutorial = new NonlinearTutorial(Activation.TANH, Activation.TANH, 7);
    JavaSparkContext spark = SparkExtension.context();

    LockstepModel model =
        new LockstepRegressor()
            .setInitialModel(saved(tutorial.network(Optimizer.SGD.updater(0.1), 7)))
            .setWorkers(2)
            .setBatchSize(200)
            .setSteps(600)
            .setAveragingPeriod(20)
            .setOuterMomentum(0.3)
            .setOrdering("as-stored")
            .setSeed(7)
            .fit(Frames.of(spark, tutorial.training()).coalesce(1).sort("id"));

    assertThat(model.state()).isEqualTo(ModelFile.read(Path.of(directory, "model.zip")).state());
  }

  private String saved(MultiLayerNetwork network) {
    Path file = folder.resolve("start.zip");
    ModelFile.write(
        file, NetworkDefinition.of(network), Dl4jLocalTrainer.stateOf(network), Map.of());
    return file.toString();
  }

  @Test
  void with_ids_neither_order_nor_partitions_of_the_rows_show(JavaSparkContext spark) {
    Dataset<Row> rows = training(spark, 400);
    LockstepClassifier classifier = classifier().setIdCol("id");

    ModelState state = classifier.fit(rows).state();

    assertThat(classifier.fit(rows.repartition(7).sort(functions.desc("label"))).state())
        .isEqualTo(state);
    assertThat(classifier.copy(ParamMap.empty()).setSeed(2).fit(rows).state()).isNotEqualTo(state);
  }

  @Test
  void one_worker_is_the_single_process_to_the_bit(JavaSparkContext spark) {
    Dataset<Row> rows = training(spark, 300);

    assertThat(classifier().setWorkers(1).fit(rows).state())
        .isEqualTo(
            new LockstepClassifier().setEpochs(2).setStrategy("single-process").fit(rows).state());
  }

  @Test
  void two_workers_that_average_gradients_are_one_with_twice_the_minibatch(JavaSparkContext spark) {
    Dataset<Row> rows = training(spark, 256);
    LockstepClassifier classifier =
        classifier().setStrategy("gradient-averaging").setOrdering("as-stored");

    float[] together = classifier.setBatchSize(32).fit(rows).state().parameters();
    float[] alone = classifier.setWorkers(1).setBatchSize(64).fit(rows).state().parameters();

    for (int i = 0; i < alone.length; i++) {
      assertThat(together[i]).isCloseTo(alone[i], within(1e-5f));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gradientEpochs", "outerMomentum"})
  void post_local_and_outer_momentum_change_what_is_learnt(String param, JavaSparkContext spark) {
    Dataset<Row> rows = training(spark, 300);
    LockstepClassifier varied = classifier();
    varied.set(param, param.equals("outerMomentum") ? (Object) 0.5 : (Object) 1);

    LockstepModel model = varied.setAveragingPeriod(2).fit(rows);

    assertThat(model.state().isFinite()).isTrue();
    assertThat(model.state()).isNotEqualTo(classifier().setAveragingPeriod(2).fit(rows).state());
  }

  @Test
  void a_network_is_given_as_json_and_the_parameters_that_are_set_win(JavaSparkContext spark) {
    MultiLayerNetwork network =
        TutorialNetworks.softmax(PIXELS, CLASSES, Optimizer.SGD.updater(0.5), 1);
    String json = network.getLayerWiseConfigurations().toJson();
    Dataset<Row> rows = training(spark, 300);

    LockstepModel own = classifier().setNetwork(json).fit(rows);
    LockstepModel slower = classifier().setNetwork(json).setLearningRate(0.01).fit(rows);
    LockstepModel adam = classifier().setNetwork(json).setOptimizer("adam").fit(rows);

    assertThat(learningRate(own)).startsWith("Sgd(learningRate=0.5");
    assertThat(learningRate(slower)).startsWith("Sgd(learningRate=0.01");
    assertThat(learningRate(adam)).startsWith("Adam(learningRate=0.001");
    assertThat(slower.state()).isNotEqualTo(own.state());
    assertThat(classifier().setNetwork(json).setSeed(1).fit(rows).state()).isEqualTo(own.state());
    assertThat(classifier().setNetwork(json).setSeed(2).fit(rows).state())
        .isNotEqualTo(own.state());
  }

  private static String learningRate(LockstepModel model) {
    return ((MultiLayerNetwork) model.network().newNetwork())
        .getLayer(0)
        .conf()
        .getLayer()
        .getUpdaterByParam("W")
        .toString();
  }

  @Test
  void a_model_that_the_command_line_saved_predicts(JavaSparkContext spark) {
    MultiLayerNetwork network =
        TutorialNetworks.softmax(PIXELS, CLASSES, Optimizer.SGD.updater(0.5), 1);

    LockstepModel model = LockstepModel.fromFile(saved(network));

    List<Row> rows = model.transform(test(spark).limit(300)).select("prediction").collectAsList();
    assertThat(rows).hasSize(300);
    assertThat(model.state()).isEqualTo(Dl4jLocalTrainer.stateOf(network));
  }
}
