package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.SparkExtension;
import dev.lockstep.ml.LockstepClassifier;
import dev.lockstep.ml.LockstepModel;
import dev.lockstep.ml.LockstepRegressor;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.models.network.TutorialNetworks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Parameters and columns of the stages for Spark ML: what is refused, and in which words. */
@ExtendWith(SparkExtension.class)
class SparkMlParamsTest {
  private static final StructType COLUMNS =
      new StructType()
          .add("features", SQLDataTypes.VectorType())
          .add("label", DataTypes.DoubleType)
          .add("name", DataTypes.StringType);

  private static Row row(Vector features, Double label) {
    return RowFactory.create(features, label, label == null || label == 0 ? "low" : "high");
  }

  /** One feature; its sign is the class. */
  private static List<Row> points() {
    List<Row> rows = new ArrayList<>();
    for (int i = -20; i < 20; i++) {
      rows.add(row(Vectors.dense(i + 0.5), i < 0 ? 0.0 : 1.0));
    }
    return rows;
  }

  private static Dataset<Row> frame(JavaSparkContext spark, List<Row> rows) {
    return Frames.session(spark).createDataFrame(rows, COLUMNS);
  }

  private static LockstepClassifier classifier() {
    return new LockstepClassifier().setWorkers(2).setBatchSize(4).setLearningRate(0.05);
  }

  private static Arguments wrong(String message, Consumer<LockstepClassifier> setting) {
    return Arguments.of(message, setting);
  }

  static Stream<Arguments> wrongValues() {
    return Stream.of(
        wrong("workers must be at least 1, not 0", c -> c.setWorkers(0)),
        wrong("batchSize must be at least 1, not -3", c -> c.setBatchSize(-3)),
        wrong("epochs must be at least 1, not 0", c -> c.setEpochs(0)),
        wrong("steps must be at least 1, not 0", c -> c.setSteps(0)),
        wrong("averagingPeriod must be at least 0, not -1", c -> c.setAveragingPeriod(-1)),
        wrong("gradientEpochs must be at least 0, not -1", c -> c.setGradientEpochs(-1)),
        wrong("outerMomentum must be from 0 to below 1, not 1.0", c -> c.setOuterMomentum(1)),
        wrong("outer must be one of sgd, momentum, nesterov, adam, not x", c -> c.setOuter("x")),
        wrong("warmup must be at least 0, not -1.0", c -> c.setWarmup(-1)),
        wrong("learningRate must be more than 0, not NaN", c -> c.setLearningRate(Double.NaN)),
        wrong(
            "optimizer must be one of sgd, nesterovs, adam, not lion", c -> c.setOptimizer("lion")),
        wrong(
            "strategy must be one of parameter-averaging, gradient-averaging, single-process,"
                + " not x",
            c -> c.setStrategy("x")),
        wrong(
            "thresholds must be at least 0 each, and 0 once at most, not [0.0, 0.0, 1.0]",
            c -> c.setThresholds(0, 0, 1)),
        wrong("ordering must be one of as-stored, shuffled, not up", c -> c.setOrdering("up")),
        wrong(
            "localStep must be one of auto, blas, onednn, dl4j, not gpu",
            c -> c.setLocalStep("gpu")),
        wrong("hiddenLayers must be at least 1 each, not [8, 0]", c -> c.setHiddenLayers(8, 0)),
        wrong(
            "activation must be one of relu, tanh, sigmoid, not gelu",
            c -> c.setActivation("gelu")),
        wrong(
            "imageFit must be one of mnist, crop, stretch, pad, none, not tile",
            c -> c.setImageFit("tile")),
        wrong(
            "handleInvalid must be one of error, skip, keep, not drop",
            c -> c.setHandleInvalid("drop")));
  }

  @ParameterizedTest
  @MethodSource("wrongValues")
  void a_wrong_value_is_refused_at_once(String message, Consumer<LockstepClassifier> setting) {
    assertThatThrownBy(() -> setting.accept(new LockstepClassifier()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static Arguments misfit(String message, UnaryOperator<LockstepClassifier> setting) {
    return Arguments.of(message, setting);
  }

  static Stream<Arguments> misfits() {
    return Stream.of(
        misfit(
            "epochs and steps exclude each other: set one of them",
            c -> c.setEpochs(1).setSteps(1)),
        misfit(
            "network and hiddenLayers exclude each other: set one of them",
            c -> c.setNetwork("{}").setHiddenLayers(3)),
        misfit(
            "outerMomentum needs strategy parameter-averaging, not gradient-averaging",
            c -> c.setStrategy("gradient-averaging").setOuterMomentum(0.5)),
        misfit(
            "strategy single-process: a single process has one worker, not 2",
            c -> c.setStrategy("single-process")),
        misfit(
            "featuresCol: expected one column pixels, found only features, label, name",
            c -> c.setFeaturesCol("pixels")),
        misfit(
            "featuresCol: column name is of type string: expected a vector, an array of numbers, a"
                + " picture (image) or a picture file (binary)",
            c -> c.setFeaturesCol("name")),
        misfit(
            "featuresCol and featuresCols exclude each other: set one of them",
            c -> c.setFeaturesCol("features").setFeaturesCols("features")),
        misfit("featuresCols: column label is that of labels", c -> c.setFeaturesCols("label")),
        misfit(
            "featuresCols: expected one column age, found only features, label, name",
            c -> c.setFeaturesCols("name", "age")),
        misfit(
            "idCol: column label is of type double: expected whole numbers",
            c -> c.setIdCol("label")),
        misfit(
            "predictionCol: there is a column label already: drop it or choose another name",
            c -> c.setPredictionCol("label")));
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void what_does_not_fit_is_one_line_before_anything_is_read(
      String message, UnaryOperator<LockstepClassifier> setting) {
    assertThatThrownBy(() -> setting.apply(classifier()).transformSchema(COLUMNS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void every_parameter_is_explained_and_set_by_a_method_of_its_name() {
    LockstepClassifier classifier = new LockstepClassifier();

    assertThat(classifier.params()).hasSizeGreaterThan(28);
    for (Param<?> param : classifier.params()) {
      assertThat(classifier.explainParams()).contains(param.name() + ": " + param.doc());
      String setter =
          "set" + Character.toUpperCase(param.name().charAt(0)) + param.name().substring(1);
      assertThat(Arrays.stream(LockstepClassifier.class.getMethods()))
          .as(setter)
          .anyMatch(method -> method.getName().equals(setter));
    }
    assertThat(new LockstepRegressor().hasParam("probabilityCol")).isFalse();
  }

  @Test
  void a_copy_has_the_same_uid_and_the_values_of_the_map() {
    LockstepClassifier classifier = classifier();

    LockstepClassifier copy =
        classifier.copy(new ParamMap().put(classifier.epochs().w(3), classifier.seed().w(9)));

    assertThat(copy.uid()).isEqualTo(classifier.uid()).startsWith("lockstepClassifier_");
    assertThat(copy.getOrDefault(copy.epochs())).isEqualTo(3);
    assertThat(copy.getOrDefault(copy.seed())).isEqualTo(9L);
    assertThat(copy.getOrDefault(copy.workers())).isEqualTo(2);
    assertThat(classifier.isSet(classifier.epochs())).isFalse();
  }

  @Test
  void the_schema_told_is_the_schema_that_comes(JavaSparkContext spark) {
    LockstepClassifier classifier = classifier().setHandleInvalid("keep").setRawPredictionCol("");
    Dataset<Row> rows = frame(spark, points());

    LockstepModel model = classifier.fit(rows);

    assertThat(model.transformSchema(COLUMNS)).isEqualTo(model.transform(rows).schema());
    assertThat(classifier.transformSchema(COLUMNS).fieldNames())
        .containsExactly(model.transform(rows).columns())
        .containsExactly("features", "label", "name", "probability", "prediction", "reason");
    assertThat(model.parent()).isSameAs(classifier);
    assertThat(model.copy(ParamMap.empty()).parent()).isSameAs(classifier);
  }

  @Test
  void names_of_classes_through_string_indexer_give_their_number(JavaSparkContext spark) {
    Dataset<Row> rows = frame(spark, points());
    Dataset<Row> indexed =
        new StringIndexer().setInputCol("name").setOutputCol("index").fit(rows).transform(rows);

    LockstepModel model = classifier().setLabelCol("index").fit(indexed);

    assertThat(model.numOutputs()).isEqualTo(2);
    assertThat(model.classNames()).containsExactly("high", "low");
    assertThat(model.transform(indexed).where("prediction = index").count()).isGreaterThan(36);
  }

  @Test
  void rows_that_cannot_be_used_are_told_or_left_out(JavaSparkContext spark) {
    List<Row> rows = points();
    rows.add(row(null, 0.0));
    rows.add(row(Vectors.dense(1, 2), 0.0));
    rows.add(row(Vectors.dense(Double.NaN), 0.0));
    rows.add(row(Vectors.dense(1), null));
    rows.add(row(Vectors.dense(1), 0.5));
    Dataset<Row> mixed = frame(spark, rows);

    LockstepModel model = classifier().setHandleInvalid("skip").fit(mixed);

    assertThat(model.state()).isEqualTo(classifier().fit(frame(spark, points())).state());
    assertThat(model.transform(mixed).count()).isEqualTo(42);
    assertThat(
            model
                .setHandleInvalid("keep")
                .transform(mixed)
                .where("reason is not null")
                .select("reason")
                .collectAsList()
                .stream()
                .map(reason -> reason.getString(0)))
        .containsExactlyInAnyOrder(
            "the features are null", "expected 1 features, found 2", "feature 0 is NaN");
    assertThatThrownBy(() -> classifier().fit(mixed))
        .hasStackTraceContaining("set handleInvalid to skip to leave such rows out");
  }

  @Test
  void training_leaves_the_job_group_of_its_caller(JavaSparkContext spark) {
    spark.setJobGroup("own", "what the caller does");

    classifier().fit(frame(spark, points()));

    assertThat(spark.getLocalProperty("spark.jobGroup.id")).isEqualTo("own");
    assertThat(spark.getLocalProperty("spark.job.description")).isEqualTo("what the caller does");
    spark.clearJobGroup();
  }

  @Test
  void ids_that_are_not_unique_are_refused(JavaSparkContext spark) {
    Dataset<Row> rows = frame(spark, points()).selectExpr("features", "label", "int(label) as id");

    assertThatThrownBy(() -> classifier().setIdCol("id").fit(rows))
        .hasStackTraceContaining("idCol: expected each id once, found 0 twice");
  }

  @Test
  void an_empty_table_and_a_network_for_something_else_are_one_line(JavaSparkContext spark) {
    Dataset<Row> rows = frame(spark, points());
    String softmax =
        TutorialNetworks.softmax(4, 2, Optimizer.SGD.updater(0.5), 1)
            .getLayerWiseConfigurations()
            .toJson();

    assertThatThrownBy(() -> classifier().fit(rows.limit(0)))
        .hasMessage("there are no examples to train: the table is empty");
    assertThatThrownBy(() -> classifier().setNetwork(softmax).fit(rows))
        .isInstanceOf(ModelError.class)
        .hasMessage("layer 0 (OutputLayer): expected 4 inputs, found 1 in examples of [1]");
    assertThatThrownBy(() -> new LockstepRegressor().setNetwork(softmax).fit(rows))
        .isInstanceOf(ModelError.class)
        .hasMessage("the network has a softmax output: it is a classifier, use LockstepClassifier");
    assertThatThrownBy(() -> classifier().setNetwork("{}").fit(rows))
        .isInstanceOf(ModelError.class)
        .hasMessageStartingWith("network is no configuration that DL4J can read");
    assertThatThrownBy(() -> LockstepModel.fromFile("/no/such.zip"))
        .isInstanceOf(ModelError.class)
        .hasMessageStartingWith("/no/such.zip: cannot be read");
  }

  @Test
  void vectors_are_regressed_and_sparse_ones_and_arrays_are_the_same(JavaSparkContext spark) {
    StructType columns =
        new StructType()
            .add("features", SQLDataTypes.VectorType())
            .add("label", SQLDataTypes.VectorType());
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      double x = i / 20.0 - 1;
      Vector features = Vectors.dense(x, 0);
      rows.add(
          RowFactory.create(
              i % 2 == 0 ? features : features.toSparse(), Vectors.dense(2 * x, 1 - x)));
    }
    Dataset<Row> frame = Frames.session(spark).createDataFrame(rows, columns);
    LockstepRegressor regressor =
        new LockstepRegressor().setWorkers(2).setBatchSize(5).setEpochs(100).setLearningRate(0.05);

    LockstepModel model = regressor.fit(frame);

    Vector last = model.transform(frame).collectAsList().get(39).getAs("prediction");
    assertThat(last.toArray()).usingComparatorWithPrecision(0.05).containsExactly(1.9, 0.05);
    Dataset<Row> arrays =
        frame.withColumn(
            "features",
            org.apache.spark.ml.functions.vector_to_array(frame.col("features"), "float32"));
    assertThat(regressor.fit(arrays).state()).isEqualTo(model.state());
  }

  @Test
  void features_are_normalised_in_training_and_in_prediction(
      @TempDir Path folder, JavaSparkContext spark) throws Exception {
    Dataset<Row> rows = frame(spark, points());
    List<Row> shifted =
        points().stream()
            .map(
                row ->
                    row(
                        Vectors.dense(1000 + 50 * ((Vector) row.get(0)).apply(0)),
                        row.getDouble(1)))
            .toList();

    LockstepModel model = classifier().setNormalise("standardise").fit(frame(spark, shifted));
    model.save(folder.resolve("model").toString());

    LockstepModel loaded = LockstepModel.load(folder.resolve("model").toString());
    Dataset<Row> predictions = loaded.transform(frame(spark, shifted));
    assertThat(predictions.where("prediction = label").count()).isGreaterThan(36);
    assertThat(classifier().setNormalise("standardise").fit(rows).state()).isEqualTo(model.state());
  }

  @Test
  void a_stream_is_predicted(@TempDir Path folder, JavaSparkContext spark) throws Exception {
    Dataset<Row> rows = frame(spark, points());
    LockstepModel model = classifier().fit(rows);
    String in = folder.resolve("in").toString();
    String out = folder.resolve("out").toString();
    rows.write().parquet(in);

    StreamingQuery query =
        model
            .transform(Frames.session(spark).readStream().schema(COLUMNS).parquet(in))
            .writeStream()
            .option("checkpointLocation", folder.resolve("checkpoint").toString())
            .start(out);
    query.processAllAvailable();
    query.stop();

    assertThat(Frames.session(spark).read().parquet(out).collectAsList())
        .containsExactlyInAnyOrderElementsOf(model.transform(rows).collectAsList());
  }
}
