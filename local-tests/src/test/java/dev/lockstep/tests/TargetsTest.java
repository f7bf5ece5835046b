package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.open.DataSources;
import dev.lockstep.ml.LockstepModel;
import dev.lockstep.ml.LockstepRegressor;
import dev.lockstep.train.Evaluation.Regression;
import dev.lockstep.train.OnnxExport;
import dev.lockstep.train.TrainedModel;
import dev.lockstep.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** Prices of houses, about 300,000: a regression learns them standardised, and gives them back. */
class TargetsTest {
  private static final double DEVIATION = 60_000;

  @TempDir private Path folder;
  private Path table;

  @BeforeEach
  void writeTable() throws IOException {
    System.setProperty("spark.master", "local[2]");
    Random random = new Random(5);
    StringBuilder csv = new StringBuilder("rooms,age,price\n");
    for (int i = 0; i < 400; i++) {
      double rooms = random.nextGaussian();
      double age = random.nextGaussian();
      csv.append(String.format(Locale.ROOT, "%.4f,%.4f,%.0f%n", rooms, age, price(rooms, age)));
    }
    table = Files.writeString(folder.resolve("houses.csv"), csv);
  }

  private static double price(double rooms, double age) {
    return 300_000 + DEVIATION * (0.8 * rooms - 0.6 * age);
  }

  private static MultiLayerConfiguration network(Activation output) {
    return new NeuralNetConfiguration.Builder()
        .seed(3)
        .updater(new Sgd(0.1))
        .list()
        .layer(new OutputLayer.Builder(new LossMSE()).nIn(2).nOut(1).activation(output).build())
        .build();
  }

  private String train(String more) throws IOException {
    Path json =
        Files.writeString(folder.resolve("net.json"), network(Activation.IDENTITY).toJson());
    return run(
        "train custom --network %s --data %s --labels price --test %s --workers 2 --no-plots"
                .formatted(json, table, table)
            + " --no-report --model-dir "
            + folder.resolve("model")
            + more);
  }

  private static String run(String arguments) {
    CommandLine run = CommandLine.run(arguments.split(" "));
    assertThat(run.exitCode()).as(arguments + "\n" + run.err()).isZero();
    return run.out();
  }

  private static double figure(String name, String out) {
    Matcher found = Pattern.compile("\\b" + name + " ([-\\d.e+]+)").matcher(out);
    assertThat(found.find()).as(name + " in " + out).isTrue();
    return Double.parseDouble(found.group(1));
  }

  @Test
  void are_standardised_and_put_back_by_every_command_and_kept_by_whoever_trains_on()
      throws IOException {
    String trained = train(" --epochs 8");
    String model = folder.resolve("model").toString();

    assertThat(trained)
        .contains("targets are standardised (mean ", "losses are of standardised targets");
    assertThat(figure("mae", trained)).as("in the data's units").isBetween(0.5, 3000.0);
    assertThat(figure("r2", trained)).isGreaterThan(0.99);

    String evaluated = run("evaluate --model %s --data %s --labels price".formatted(model, table));
    assertThat(figure("mae", evaluated)).isEqualTo(figure("mae", trained));
    assertThat(run("show --model " + model)).contains("DL4J's own reading gives standardised ones");

    String on =
        run(
            "train custom --network %s/model.zip --data %s --labels price --test %s"
                    .formatted(model, table, table)
                + " --epochs 2 --no-plots --no-report --workers 2 --model-dir "
                + folder.resolve("on"));
    assertThat(on).contains("targets are standardised (mean ");
    assertThat(figure("mae", on)).isLessThan(figure("mae", trained));
  }

  @Test
  void of_a_resumed_run_are_those_of_the_undisturbed_one() throws IOException {
    String whole = train(" --epochs 8");
    train(" --epochs 3");

    assertThat(figure("mae", train(" --epochs 8 --resume"))).isEqualTo(figure("mae", whole));
    CommandLine other =
        CommandLine.run(
            "train custom --network %s --data %s --labels price --model-dir %s --resume"
                .formatted(folder.resolve("net.json"), table, folder.resolve("model"))
                .concat(" --workers 2 --normalise-targets none")
                .split(" "));
    assertThat(other.exitCode()).isNotZero();
    assertThat(other.err()).contains("normaliseTargets").hasLineCount(1);
  }

  @Test
  void of_spark_ml_of_java_and_of_onnx_come_back_in_their_units() throws OrtException {
    SparkExtension.stop();
    try (JavaSparkContext spark = new JavaSparkContext("local[2]", "targets")) {
      LockstepModel stage = regressor().fit(rows(spark));
      assertThat(predicted(stage, 1, -1)).isBetween(price(1, -1) - 3000, price(1, -1) + 3000);

      DataSource source =
          DataSources.open(spark, DataLocation.of(table.toString()).withLabels("price"));
      TrainedModel model =
          Training.of(spark, network(Activation.IDENTITY)).workers(2).data(source).epochs(8).run();
      assertThat(model.predict(new float[] {1, -1})[0])
          .isBetween((float) price(1, -1) - 3000, (float) price(1, -1) + 3000);
      assertThat(((Regression) model.evaluate(spark, source)).targets().get(0).mae())
          .isLessThan(3000);

      Path file = folder.resolve("java.zip");
      model.save(file);
      assertThat(Training.of(spark, file).workers(2).data(source).epochs(1).run().inputs())
          .isEqualTo(model.inputs());
      assertThat(predicted(LockstepModel.fromFile(file.toString()), 1, -1))
          .isEqualTo(model.predict(new float[] {1, -1})[0]);

      Path onnx = folder.resolve("java.onnx");
      model.exportOnnx(onnx, OnnxExport.Extent.WITH_PREPROCESSING);
      try (OnnxFile of = new OnnxFile(onnx.toString())) {
        assertThat(of.run(new float[] {1, -1, 0.5f, 2}, 2, 2))
            .containsExactly(
                new float[] {
                  model.predict(new float[] {1, -1})[0], model.predict(new float[] {0.5f, 2})[0]
                },
                within(0.1f)); // of 300,000
      }
    }
  }

  @Test
  void of_networks_that_have_a_range_of_their_own_are_not_standardised() throws IOException {
    Path json = Files.writeString(folder.resolve("net.json"), network(Activation.SIGMOID).toJson());
    CommandLine run =
        CommandLine.run(
            "train custom --network %s --data %s --labels price --task regression --model-dir %s"
                .formatted(json, table, folder.resolve("model"))
                .concat(" --normalise-targets standardise")
                .split(" "));

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .contains("targets cannot be standardised: expected an output layer with identity")
        .contains("layer 0 with sigmoid and LossMSE")
        .hasLineCount(1);
  }

  @Test
  void of_several_columns_are_called_by_their_names_and_kept_in_order() throws IOException {
    StringBuilder csv = new StringBuilder("a,tax,b,price\n");
    Random random = new Random(2);
    for (int i = 0; i < 40; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      csv.append(String.format(Locale.ROOT, "%.3f,%.3f,%.3f,%.3f%n", a, a + b, b, a - b));
    }
    Path data = Files.writeString(folder.resolve("two.csv"), csv);
    String model = folder.resolve("model").toString();
    run(
        "train custom --network dense --data %s --labels price,tax --epochs 2 --workers 2"
                .formatted(data)
            + " --no-plots --no-report --model-dir "
            + model);
    String evaluate = "evaluate --model %s --data %s --labels ".formatted(model, data);

    assertThat(run(evaluate + "price,tax"))
        .containsPattern("(?m)^ *target +mse +mae +r2$")
        .containsPattern("(?m)^ *price( +[-\\d.e+]+){3}$")
        .containsPattern("(?m)^ *tax( +[-\\d.e+]+){3}$");
    assertThat(run(evaluate + "price,tax --json"))
        .contains("\"targets\":{\"price\":{\"mse\":", "\"tax\":{\"mse\":");
    CommandLine exchanged = CommandLine.run((evaluate + "tax,price").split(" "));
    assertThat(exchanged.exitCode()).isEqualTo(3);
    assertThat(exchanged.err())
        .isEqualToIgnoringNewLines(
            "lockstep: --labels tax,price: the model has learnt price,tax: name them in this"
                + " order");
  }

  private LockstepRegressor regressor() {
    return new LockstepRegressor()
        .setLabelCol("price")
        .setOptimizer("sgd")
        .setLearningRate(0.1)
        .setBatchSize(32)
        .setWorkers(2)
        .setEpochs(8);
  }

  private Dataset<Row> rows(JavaSparkContext spark) {
    return assembled(
        SparkSession.builder()
            .sparkContext(spark.sc())
            .getOrCreate()
            .read()
            .option("header", "true")
            .option("inferSchema", "true")
            .csv(table.toString()));
  }

  private static Dataset<Row> assembled(Dataset<Row> rows) {
    return new VectorAssembler()
        .setInputCols(new String[] {"rooms", "age"})
        .setOutputCol("features")
        .transform(rows);
  }

  private static double predicted(LockstepModel model, double rooms, double age) {
    Dataset<Row> row =
        SparkSession.active()
            .sql("select cast(%s as double) rooms, cast(%s as double) age".formatted(rooms, age));
    List<Row> predicted = model.transform(assembled(row)).select("prediction").collectAsList();
    return predicted.get(0).getDouble(0);
  }
}
