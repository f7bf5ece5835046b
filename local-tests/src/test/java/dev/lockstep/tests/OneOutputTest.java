package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
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
