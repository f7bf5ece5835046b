package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.ml.LockstepClassifier;
import dev.lockstep.ml.LockstepModel;
import dev.lockstep.models.ModelState;
import dev.lockstep.spark.LockstepRegistrator;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With Spark's recommended serializer everything goes as it goes without. */
class KryoTest {
  private static final String SERIALIZER = "spark.serializer";
  private static final String REQUIRED = "spark.kryo.registrationRequired";
  private static final String KRYO = "org.apache.spark.serializer.KryoSerializer";

  @TempDir private Path folder;

  /** A program's settings. */
  static SparkConf kryo(SparkConf conf, boolean registrationRequired) {
    return conf.set(SERIALIZER, KRYO)
        .set("spark.kryo.registrator", LockstepRegistrator.class.getName())
        .set(REQUIRED, String.valueOf(registrationRequired));
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

  @Test
  void examples_that_memory_does_not_hold_go_to_disk_and_come_back() {
    DataSource data = RealMnist.files().train().range(5000, 5050);
    try (JavaSparkContext spark = program(kryo(new SparkConf(), true), "local[2]")) {
      var examples = data.load(spark, 2).persist(StorageLevel.DISK_ONLY());

      assertThat(examples.count()).isEqualTo(50);
      assertThat(examples.map(example -> example.target()[0]).collect()).hasSize(50);
    }
  }

  @Test
  void a_program_without_the_registrator_is_told_its_name() {
    try (JavaSparkContext spark = program(new SparkConf().set(SERIALIZER, KRYO), "local[2]")) {
      assertThatThrownBy(() -> Way.PARAMETERS.train(spark))
          .hasMessage(
              "spark.serializer is Kryo: Lockstep needs"
                  + " spark.kryo.registrator=dev.lockstep.spark.LockstepRegistrator beside it");
    }
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
