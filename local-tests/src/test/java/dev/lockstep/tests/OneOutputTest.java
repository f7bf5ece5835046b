package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.data.SparkExtension;
import dev.lockstep.ml.LockstepClassifier;
import dev.lockstep.ml.LockstepModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks of one output on labels of two kinds, through the command line. */
class OneOutputTest {
  @TempDir private Path folder;

  @BeforeEach
  void fewWorkers() {
    System.setProperty("spark.master", "local[2]");
  }

  private Path network(Activation activation, LossFunction loss) throws IOException {
    return Files.writeString(
        folder.resolve("network.json"),
        new NeuralNetConfiguration.Builder()
            .updater(new Adam(0.1))
            .list()
            .layer(new OutputLayer.Builder(loss).nIn(1).nOut(1).activation(activation).build())
            .build()
            .toJson());
  }

  /** 60 numbers from −1 to 1, whose labels are of their signs. */
  private Path table(String below, String above) throws IOException {
    StringBuilder csv = new StringBuilder("x,label\n");
    Random random = new Random(1);
    for (int i = 0; i < 60; i++) {
      float x = random.nextFloat(-1, 1);
      csv.append(x + (x < 0 ? -0.2f : 0.2f)).append(',').append(x < 0 ? below : above).append('\n');
    }
    return Files.writeString(folder.resolve("table.csv"), csv);
  }

  private CommandLine train(Path network, Path data) {
    return CommandLine.run(
        "train",
        "custom",
        "--network=" + network,
        "--data=" + data,
        "--test=" + data,
        "--epochs=20",
        "--batch-size=10",
        "--workers=2",
        "--no-plots",
        "--model-dir=" + folder.resolve("model"));
  }

  @ParameterizedTest
  @CsvSource({
    "SIGMOID, XENT, 0, 1",
    "TANH, MSE, -1, 1",
    "TANH, HINGE, False, True",
    "SIGMOID, MSE, no, yes",
    "SIGMOID, XENT, 3, 8"
  })
  void one_output_tells_two_classes_apart(
      Activation activation, LossFunction loss, String below, String above) throws IOException {
    Path data = table(below, above);
    CommandLine train = train(network(activation, loss), data);
    CommandLine evaluate =
        CommandLine.run("evaluate", "--model=" + folder.resolve("model"), "--data=" + data);

    assertThat(train.out() + train.err()).contains("test accuracy 1.0000 (60 of 60)");
    assertThat(evaluate.out() + evaluate.err()).contains("accuracy 1.0000 (60 of 60)");
    assertThat(evaluate.out()).containsPattern("(?m)^ *" + below + " +1\\.0000 +1\\.0000");
  }

  @ParameterizedTest
  @CsvSource({"SIGMOID, XENT", "TANH, HINGE", "TANH, MSE"})
  void pictures_of_two_kinds_are_predicted(Activation activation, LossFunction loss)
      throws IOException {
    Path pictures = folder.resolve("pictures");
    for (int i = 0; i < 24; i++) {
      BufferedImage picture = new BufferedImage(6, 6, BufferedImage.TYPE_BYTE_GRAY);
      boolean left = i % 2 == 0;
      for (int y = 1; y < 5; y++) {
        picture.getRaster().setSample(left ? 1 : 4, y, 0, 150 + 4 * i);
      }
      Path file = pictures.resolve("%s/%d.png".formatted(left ? "left" : "right", i));
      Files.createDirectories(file.getParent());
      ImageIO.write(picture, "png", file.toFile());
    }
    Path network =
        Files.writeString(
            folder.resolve("network.json"),
            new NeuralNetConfiguration.Builder()
                .updater(new Adam(0.1))
                .list()
                .layer(new OutputLayer.Builder(loss).nIn(36).nOut(1).activation(activation).build())
                .build()
                .toJson());
    CommandLine train = train(network, pictures);

    CommandLine predict =
        CommandLine.run(
            "predict",
            "--labels-from-folders",
            "--fit=none",
            "--invert=no",
            "--model=" + folder.resolve("model"),
            "--images=" + pictures,
            "--out=" + folder.resolve("out"),
            "--format=csv");

    assertThat(train.out() + train.err()).contains("test accuracy 1.0000 (24 of 24)");
    assertThat(predict.err()).isEmpty();
    assertThat(predict.out()).contains("accuracy 1.0000 (24 of 24)");
    try (Stream<Path> parts = Files.list(folder.resolve("out/predictions"))) {
      for (Path part : parts.filter(name -> name.toString().endsWith(".csv")).toList()) {
        assertThat(Files.readAllLines(part).stream().skip(1))
            .allMatch(row -> row.matches(".*/(left|right)/\\d+\\.png.*\\b\\1\\b.*"));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"SIGMOID, XENT", "TANH, HINGE"})
  void a_stage_of_a_pipeline_learns_and_predicts_two_classes(
      Activation activation, LossFunction loss) throws IOException {
    SparkExtension.stop();
    String network = Files.readString(network(activation, loss));
    Path data = table("no", "yes");
    try (JavaSparkContext spark = new JavaSparkContext("local[2]", "one output")) {
      Dataset<Row> rows =
          Frames.session(spark)
              .read()
              .option("header", "true")
              .option("inferSchema", "true")
              .csv(data.toString());
      LockstepModel model =
          new LockstepClassifier()
              .setNetwork(network)
              .setFeaturesCols(new String[] {"x"})
              .setBatchSize(10)
              .setWorkers(2)
              .setEpochs(20)
              .setPredictedLabelCol("told")
              .fit(rows);
      List<Row> told = model.transform(rows).select("label", "told", "probability").collectAsList();

      assertThat(told)
          .hasSize(60)
          .allSatisfy(
              row -> {
                assertThat(row.getString(1)).isEqualTo(row.getString(0));
                double[] both = ((Vector) row.get(2)).toArray();
                assertThat(both).hasSize(2);
                assertThat(both[0] + both[1]).isCloseTo(1, within(1e-6));
                assertThat(both[1] > 0.5).isEqualTo(row.getString(0).equals("yes"));
              });
    }
  }

  @Test
  void one_plain_value_is_a_number_whatever_labels_look_like() throws IOException {
    CommandLine train = train(network(Activation.IDENTITY, LossFunction.MSE), table("0", "1"));

    assertThat(train.out() + train.err()).contains("test mse");
  }

  @Test
  void more_classes_than_one_output_tells_apart_are_a_line_that_says_task() throws IOException {
    Path data = table("0", "1");
    Files.writeString(data, Files.readString(data) + "0.5,2\n");

    CommandLine train = train(network(Activation.SIGMOID, LossFunction.XENT), data);

    assertThat(train.exitCode()).isNotZero();
    assertThat(train.err().lines())
        .singleElement()
        .asString()
        .contains("the labels are 3 classes (0, 1, 2): --task regression if they are numbers");
  }
}
