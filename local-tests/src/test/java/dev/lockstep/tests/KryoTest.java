package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.ExampleBlock;
import dev.lockstep.data.NormalisationMethod;
import dev.lockstep.data.Schema;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.Transport;
import dev.lockstep.data.open.DataSources;
import dev.lockstep.ml.LockstepClassifier;
import dev.lockstep.ml.LockstepModel;
import dev.lockstep.models.ModelState;
import dev.lockstep.strategy.Shards;
import dev.lockstep.train.TrainedModel;
import dev.lockstep.train.Training;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** With Spark's recommended serializer everything goes as it goes without. */
@Tag("each-line")
class KryoTest {
  private static final String SERIALIZER = "spark.serializer";
  private static final String REQUIRED = "spark.kryo.registrationRequired";
  private static final String KRYO = "org.apache.spark.serializer.KryoSerializer";

  private static final MultiLayerConfiguration NETWORK =
      new NeuralNetConfiguration.Builder()
          .updater(new Sgd(0.1))
          .list()
          .layer(new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT).nIn(2).nOut(2).build())
          .build();

  @TempDir private Path folder;

  /** A program's settings. */
  static SparkConf kryo(SparkConf conf, boolean registrationRequired) {
    return conf.set(SERIALIZER, KRYO).set(REQUIRED, String.valueOf(registrationRequired));
  }

  @BeforeEach
  @AfterEach
  void forget() {
    SparkExtension.stop();
    System.clearProperty(SERIALIZER);
    System.clearProperty(REQUIRED);
  }

  private static JavaSparkContext program(SparkConf conf, String master) {
    return new JavaSparkContext(
        conf.setMaster(master)
            .setAppName("tests")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.ui.enabled", "false"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_program_trains_the_same_in_a_stage_and_by_jobs(boolean registrationRequired) {
    ModelState undisturbed = Way.PARAMETERS.undisturbed();
    for (String master : List.of("local[3]", "local[2]")) {
      try (JavaSparkContext spark = program(kryo(new SparkConf(), registrationRequired), master)) {
        assertThat(Way.PARAMETERS.train(spark)).as(master).isEqualTo(undisturbed);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_pipelines_stages_train_and_predict_the_same(boolean registrationRequired) {
    DataSource data = RealMnist.files().train().range(5000, 5300);
    LockstepClassifier classifier = new LockstepClassifier().setWorkers(2).setIdCol("id");
    Row expected;
    try (JavaSparkContext spark = program(new SparkConf(), "local[2]")) {
      expected = last(classifier.fit(Frames.of(spark, data)), Frames.of(spark, data));
    }
    try (JavaSparkContext spark =
        program(kryo(new SparkConf(), registrationRequired), "local[2]")) {
      assertThat(last(classifier.fit(Frames.of(spark, data)), Frames.of(spark, data)))
          .isEqualTo(expected);
    }
  }

  private static Row last(LockstepModel model, Dataset<Row> rows) {
    List<Row> predicted = model.transform(rows).select("probability", "prediction").collectAsList();
    return predicted.get(predicted.size() - 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void examples_of_workers_go_to_disk_and_come_back(boolean registrationRequired) {
    DataSource data = RealMnist.files().train().range(5000, 5050);
    Schema schema = data.schema();
    try (JavaSparkContext spark = program(kryo(new SparkConf(), registrationRequired), "local[2]");
        Shards shards =
            Shards.of(
                schema, ExampleBlock.pack(data.load(spark, 2), schema), StorageLevel.DISK_ONLY())) {
      assertThat(shards.examples()).isEqualTo(50);
      assertThat(
              Transport.collect(shards.blocks()).stream()
                  .map(block -> Shards.tally(block))
                  .toList())
          .isEqualTo(shards.tallies());
    }
  }

  @Test
  void examples_that_memory_does_not_hold_go_to_disk_and_come_back() {
    DataSource data = RealMnist.files().train().range(5000, 5050);
    try (JavaSparkContext spark = program(kryo(new SparkConf(), false), "local[2]")) {
      var examples = data.load(spark, 2).persist(StorageLevel.DISK_ONLY());

      assertThat(examples.count()).isEqualTo(50);
      assertThat(examples.map(example -> example.target()[0]).collect()).hasSize(50);
    }
  }

  @Test
  void what_a_program_collects_needs_no_registration_where_none_is_required() {
    DataSource data = RealMnist.files().train().range(5000, 5050);
    try (JavaSparkContext spark = program(kryo(new SparkConf(), false), "local[2]")) {
      List<Example> examples = data.load(spark, 2).collect();

      assertThat(examples).hasSize(50);
      assertThat(examples.get(0).features().length()).isEqualTo(28 * 28);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void the_front_door_reads_tables_validates_tests_and_predicts(boolean registrationRequired)
      throws Exception {
    Path table = Files.write(folder.resolve("table.csv"), rows());
    String path = table.toString();
    try (JavaSparkContext spark =
        program(kryo(new SparkConf(), registrationRequired), "local[2]")) {
      DataSource data = DataSources.open(spark, DataLocation.of(path));
      TrainedModel model =
          Training.of(spark, NETWORK)
              .data(data)
              .normalise(NormalisationMethod.STANDARDISE)
              .validate(data)
              .checkpoints(folder.resolve("checkpoints").toString())
              .epochs(3)
              .run();

      assertThat(model.evaluate(spark, data)).isNotNull();
      List<float[]> predicted =
          model.predict(data.load(spark, 2).map(e -> new float[] {e.id(), 1})).collect();
      assertThat(predicted).hasSize(60).allSatisfy(p -> assertThat(p).hasSize(2));
    }
  }

  private static List<String> rows() {
    List<String> rows = new ArrayList<>(List.of("a,b,label"));
    for (int i = 0; i < 60; i++) {
      rows.add("%d,%d,%s".formatted(i, i % 7, i < 30 ? "low" : "high"));
    }
    return rows;
  }

  @Test
  void every_command_runs() {
    System.setProperty("spark.master", "local[2]");
    System.setProperty(SERIALIZER, KRYO);
    System.setProperty(REQUIRED, "true");
    Path model = folder.resolve("model");
    Path digits = folder.resolve("digits");
    RealMnist.files();

    runs("train mnist --steps 40 --no-plots --model-dir " + model);
    runs("train linear --epochs 2 --workers 3 --no-plots --model-dir " + folder.resolve("jobs"));
    runs("evaluate --model " + model);
    runs(
        "prepare --format images --from %s --to %s"
            .formatted(RealMnist.folder().resolve("t10k-images-idx3-ubyte"), digits));
    runs("predict --labels-from-folders --model %s --images %s/all/0".formatted(model, digits));
    runs("inspect %s/all".formatted(digits));
    runs("compare linear --steps 40 --seeds 1 --out " + folder.resolve("compared"));
    runs("doctor");
  }

  private static void runs(String arguments) {
    CommandLine run = CommandLine.run(arguments.split(" "));
    assertThat(run.err()).as(arguments).isEmpty();
    assertThat(run.exitCode()).as(arguments).isZero();
  }
}
