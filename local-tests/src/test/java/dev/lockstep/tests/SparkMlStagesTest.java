package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.data.SparkExtension;
import dev.lockstep.ml.LockstepClassifier;
import dev.lockstep.ml.LockstepModel;
import dev.lockstep.ml.LockstepRegressor;
import dev.lockstep.ml.SparkClassificationModel;
import dev.lockstep.ml.SparkClassifier;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.OneVsRest;
import org.apache.spark.ml.classification.OneVsRestModel;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every stage must do, found by reflection as in SynapseML's FuzzingTest: one that is not
 * named in {@link #SUBJECTS} fails.
 */
@ExtendWith(SparkExtension.class)
class SparkMlStagesTest {
  private static final StructType COLUMNS =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("features", SQLDataTypes.VectorType())
          .add("label", DataTypes.DoubleType);

  /** One of each kind, ready to be used; a model is that of a classifier. */
  private static final Map<Class<? extends PipelineStage>, Supplier<PipelineStage>> SUBJECTS =
      Map.of(
          LockstepClassifier.class, SparkMlStagesTest::classifier,
          LockstepRegressor.class, SparkMlStagesTest::regressor,
          LockstepModel.class, () -> classifier().fit(points()),
          SparkClassifier.class, () -> classifier().asSparkClassifier(),
          SparkClassificationModel.class, () -> classifier().asSparkClassifier().fit(points()));

  /** Spark's models have it, and no method that sets it. */
  private static final List<String> OF_SPARK_ALONE = List.of("labelCol");

  private static LockstepClassifier classifier() {
    return new LockstepClassifier().setWorkers(2).setBatchSize(8).setEpochs(2).setIdCol("id");
  }

  private static LockstepRegressor regressor() {
    return new LockstepRegressor().setWorkers(2).setBatchSize(8).setEpochs(2).setIdCol("id");
  }

  private static SparkSession session() {
    return Frames.session(SparkExtension.context());
  }

  static Dataset<Row> points() {
    List<Row> rows = new ArrayList<>();
    for (long i = 0; i < 40; i++) {
      rows.add(RowFactory.create(i, Vectors.dense(i % 7, i - 20), i < 20 ? 0.0 : 1.0));
    }
    return session().createDataFrame(rows, COLUMNS);
  }

  static List<Class<? extends PipelineStage>> stages() throws Exception {
    URI home = LockstepModel.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    if (Files.isDirectory(Path.of(home))) {
      return stages(Path.of(home));
    }
    try (FileSystem jar = FileSystems.newFileSystem(Path.of(home))) {
      return stages(jar.getPath("/"));
    }
  }

  private static List<Class<? extends PipelineStage>> stages(Path root) throws Exception {
    List<Class<? extends PipelineStage>> stages = new ArrayList<>();
    List<String> names;
    try (Stream<Path> files = Files.walk(root.resolve("dev/lockstep"))) {
      names =
          files
              .map(file -> root.relativize(file).toString())
              .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
              .map(file -> file.replaceAll("\\.class$", "").replace('/', '.'))
              .sorted()
              .toList();
    }
    for (String name : names) {
      Class<?> type = Class.forName(name, false, SparkMlStagesTest.class.getClassLoader());
      if (PipelineStage.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
        stages.add(type.asSubclass(PipelineStage.class));
      }
    }
    return stages;
  }

  private static PipelineStage subject(Class<? extends PipelineStage> type) {
    assertThat(SUBJECTS).as("a stage without a test: name it in SUBJECTS").containsKey(type);
    return SUBJECTS.get(type).get();
  }

  @SuppressWarnings("unchecked")
  private static Param<String> param(PipelineStage stage, String name) {
    return (Param<String>) (Param<?>) stage.getParam(name);
  }

  private static Transformer transformer(PipelineStage stage) {
    return stage instanceof Estimator<?> estimator
        ? (Model<?>) estimator.fit(points())
        : (Transformer) stage;
  }

  @Test
  void all_that_are_named_are_found() throws Exception {
    assertThat(stages()).containsExactlyInAnyOrderElementsOf(SUBJECTS.keySet());
  }

  @Test
  void each_model_is_one_that_an_estimator_gives() throws Exception {
    Set<Class<?>> met = new HashSet<>(estimators());
    for (Class<? extends PipelineStage> type : estimators()) {
      met.add(transformer(subject(type)).getClass());
    }
    assertThat(met).containsExactlyInAnyOrderElementsOf(SUBJECTS.keySet());
  }

  @ParameterizedTest
  @MethodSource("stages")
  void parameters_are_explained_and_those_without_default_say_what_then_holds(
      Class<? extends PipelineStage> type) {
    PipelineStage stage = subject(type);

    for (Param<?> param : stage.params()) {
      assertThat(param.doc()).as(param.name()).isNotBlank().doesNotEndWith(".");
      String setter =
          "set" + Character.toUpperCase(param.name().charAt(0)) + param.name().substring(1);
      if (!OF_SPARK_ALONE.contains(param.name()) || type != SparkClassificationModel.class) {
        assertThat(Arrays.stream(type.getMethods()).map(java.lang.reflect.Method::getName))
            .contains(setter);
      }
    }
    assertThat(stage.explainParams().lines()).hasSize(stage.params().length);
  }

  @ParameterizedTest
  @MethodSource("stages")
  void a_copy_is_of_the_same_kind_with_the_same_uid_and_values(
      Class<? extends PipelineStage> type) {
    PipelineStage stage = subject(type);
    Param<String> column = param(stage, "predictionCol");

    PipelineStage copy = stage.copy(new ParamMap().put(column.w("guess")));

    assertThat(copy).isInstanceOf(type).isNotSameAs(stage);
    assertThat(copy.uid()).isEqualTo(stage.uid());
    assertThat(copy.getOrDefault(copy.getParam("predictionCol"))).isEqualTo("guess");
    assertThat(stage.getOrDefault(column)).isEqualTo("prediction");
    assertThat(copy.explainParams().replace(", current: guess", ""))
        .isEqualTo(stage.explainParams());
  }

  @Test
  void all_are_saved_and_loaded_by_another_application(@TempDir Path folder) throws Exception {
    Map<Class<?>, List<String>> here = new HashMap<>();
    for (Class<? extends PipelineStage> type : stages()) {
      PipelineStage stage = subject(type);
      OtherApplication.save(stage, folder);
      here.put(type, OtherApplication.told(stage, points()));
    }

    Output other =
        Output.of(
            Map.of("OMP_NUM_THREADS", "1"),
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "@" + Path.of("../cluster/conf/jvm.options"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dlog4j2.configurationFile=file:../cluster/conf/log4j2-quiet.properties",
                "-cp",
                System.getProperty("java.class.path"),
                OtherApplication.class.getName(),
                folder.toString()));

    assertThat(other.exitCode()).as(other.text()).isZero();
    for (Class<? extends PipelineStage> type : stages()) {
      assertThat(OtherApplication.told(folder, type))
          .as(type.getName())
          .hasSizeGreaterThan(40)
          .isEqualTo(here.get(type));
    }
  }

  @ParameterizedTest
  @MethodSource("stages")
  void the_schema_is_known_before_there_are_data(Class<? extends PipelineStage> type) {
    PipelineStage stage = subject(type);
    StructType told = stage.transformSchema(COLUMNS);

    StructType come = transformer(stage).transform(points()).schema();

    assertThat(Arrays.stream(told.fields()).map(field -> field.name() + field.dataType()))
        .containsExactlyElementsOf(
            Arrays.stream(come.fields()).map(field -> field.name() + field.dataType()).toList());
  }

  /** Whose models all are. */
  static List<Class<? extends PipelineStage>> estimators() throws Exception {
    return stages().stream().filter(Estimator.class::isAssignableFrom).toList();
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void a_stream_is_predicted_as_a_batch_is(
      Class<? extends PipelineStage> type, @TempDir Path folder) throws Exception {
    Transformer model = transformer(subject(type));
    points().write().parquet(folder.resolve("in").toString());

    StreamingQuery query =
        model
            .transform(
                session().readStream().schema(COLUMNS).parquet(folder.resolve("in").toString()))
            .writeStream()
            .option("checkpointLocation", folder.resolve("checkpoint").toString())
            .start(folder.resolve("out").toString());
    query.processAllAvailable();
    query.stop();

    assertThat(session().read().parquet(folder.resolve("out").toString()).collectAsList())
        .containsExactlyInAnyOrderElementsOf(model.transform(points()).collectAsList());
  }

  @ParameterizedTest
  @MethodSource("stages")
  void it_goes_through_a_pipeline_and_a_cross_validation(
      Class<? extends PipelineStage> type, @TempDir Path folder) throws IOException {
    PipelineStage stage = subject(type);
    Param<String> column = param(stage, "featuresCol");
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {stage});

    PipelineModel best =
        (PipelineModel)
            new CrossValidator()
                .setEstimator(pipeline)
                .setEstimatorParamMaps(new ParamMap[] {new ParamMap().put(column.w("features"))})
                .setEvaluator(new RegressionEvaluator())
                .setNumFolds(2)
                .fit(points())
                .bestModel();
    best.write().overwrite().save(folder.resolve("pipeline").toString());

    assertThat(
            PipelineModel.load(folder.resolve("pipeline").toString())
                .transform(points())
                .collectAsList())
        .isEqualTo(best.transform(points()).collectAsList());
  }

  @Test
  void each_kind_of_iris_is_told_from_the_rest_by_a_model_of_its_own(@TempDir Path folder)
      throws IOException {
    Dataset<Row> table =
        session()
            .read()
            .option("header", "true")
            .option("inferSchema", "true")
            .csv("src/test/resources/tables/iris.csv");
    String[] numbers = Arrays.copyOf(table.columns(), 4);
    Dataset<Row> iris =
        new StringIndexer()
            .setInputCol("species")
            .setOutputCol("label")
            .fit(table)
            .transform(
                new VectorAssembler()
                    .setInputCols(numbers)
                    .setOutputCol("features")
                    .transform(table));
    LockstepClassifier classifier =
        classifier().setNormalise("standardise").setLearningRate(0.05).setEpochs(12);
    classifier.clear(classifier.idCol());

    OneVsRestModel model = new OneVsRest().setClassifier(classifier.asSparkClassifier()).fit(iris);
    model.save(folder.resolve("rest").toString());
    List<Row> told = model.transform(iris).collectAsList();

    assertThat(model.models()).hasSize(3);
    assertThat(told.stream().filter(r -> r.getAs("label").equals(r.getAs("prediction"))).count())
        .isGreaterThan(130);
    assertThat(
            OneVsRestModel.load(folder.resolve("rest").toString()).transform(iris).collectAsList())
        .isEqualTo(told);
    SparkClassificationModel first = (SparkClassificationModel) model.models()[0];
    Row flower = first.transform(iris.limit(1)).collectAsList().get(0);
    Vector raw = flower.getAs("rawPrediction");
    assertThat(first.predictRaw(flower.<Vector>getAs("features")).toArray())
        .containsExactly(raw.toArray(), within(1e-6));
  }
}
