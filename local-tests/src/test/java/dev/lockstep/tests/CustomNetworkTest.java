package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.IdxFiles;
import dev.lockstep.models.file.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** A network and data of one's own, through the command line. */
class CustomNetworkTest {
  private static final int SIDE = 6;

  @TempDir private Path folder;
  private String model;

  @BeforeEach
  void nameModelDirectory() {
    model = folder.resolve("model").toString();
    System.setProperty("spark.master", "local[2]");
  }

  private Path json(String json) throws IOException {
    return Files.writeString(folder.resolve("network.json"), json);
  }

  private Path dense(int inputs, Activation output, int outputs) throws IOException {
    return json(
        new NeuralNetConfiguration.Builder()
            .updater(new Adam(0.02))
            .list()
            .layer(new DenseLayer.Builder().nIn(inputs).nOut(8).activation(Activation.TANH).build())
            .layer(
                new OutputLayer.Builder(
                        output == Activation.SOFTMAX ? new LossMCXENT() : new LossMSE())
                    .nIn(8)
                    .nOut(outputs)
                    .activation(output)
                    .build())
            .build()
            .toJson());
  }

  /** A graph with batch normalisation and dropout. */
  private Path convolution() throws IOException {
    return json(
        new NeuralNetConfiguration.Builder()
            .updater(new Adam(0.01))
            .graphBuilder()
            .addInputs("picture")
            .addLayer(
                "maps",
                new ConvolutionLayer.Builder(3, 3).nOut(3).activation(Activation.RELU).build(),
                "picture")
            .addLayer("normal", new BatchNormalization(), "maps")
            .addLayer(
                "class",
                new OutputLayer.Builder(new LossMCXENT())
                    .nOut(2)
                    .activation(Activation.SOFTMAX)
                    .dropOut(0.9)
                    .build(),
                "normal")
            .setOutputs("class")
            .setInputTypes(InputType.convolutional(SIDE, SIDE, 1))
            .build()
            .toJson());
  }

  /** Two inputs; the class is whether their sum is positive, the value is 2a − b. */
  private Path table(String name, int rows, long seed, String label) throws IOException {
    Random random = new Random(seed);
    StringBuilder csv = new StringBuilder("a,b," + label + "\n");
    for (int i = 0; i < rows; i++) {
      float a = 2 * random.nextFloat() - 1;
      float b = 2 * random.nextFloat() - 1;
      csv.append(a).append(',').append(b).append(',');
      csv.append(label.equals("class") ? a + b > 0 ? "up" : "down" : String.valueOf(2 * a - b));
      csv.append('\n');
    }
    return Files.writeString(folder.resolve(name), csv);
  }

  /** Pictures that are bright at the top, class 0, or at the bottom, class 1. */
  private Path pictures(int count) {
    Random random = new Random(4);
    byte[] pixels = new byte[count * SIDE * SIDE];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) random.nextInt(2);
      for (int at = 0; at < SIDE * SIDE; at++) {
        boolean bright = at / SIDE < SIDE / 2 == (labels[i] == 0);
        pixels[i * SIDE * SIDE + at] = (byte) ((bright ? 120 : 0) + random.nextInt(100));
      }
    }
    Path images = folder.resolve("train-images-idx3-ubyte");
    IdxFiles.write(images, IdxFiles.bytes(pixels, count, SIDE, SIDE));
    IdxFiles.write(folder.resolve("train-labels-idx1-ubyte"), IdxFiles.bytes(labels, count));
    return images;
  }

  private CommandLine train(Path network, Path data, String... more) {
    return CommandLine.run(
        Stream.concat(
                Stream.of("train", "custom", "--network", network.toString(), "--data"),
                Stream.concat(
                    Stream.of(data.toString(), "--model-dir", model, "--no-plots"),
                    Stream.of(more)))
            .toArray(String[]::new));
  }

  private static String line(String output, String start) {
    return output.lines().filter(l -> l.startsWith(start)).findFirst().orElseThrow();
  }

  @Test
  void a_classifier_of_a_table_keeps_the_names_of_its_classes() throws IOException {
    Path test = table("test.csv", 200, 2, "class");

    CommandLine train =
        train(
            dense(2, Activation.SOFTMAX, 2),
            table("train.csv", 600, 1, "class"),
            "--test=" + test,
            "--validation=" + test,
            "--batch-size=20");
    CommandLine evaluate = CommandLine.run("evaluate", "--model", model, "--data", test.toString());

    assertThat(train.err()).isEmpty();
    assertThat(train.out())
        .startsWith(
            "custom: 600 examples, 42 parameters, 2 workers, minibatch 20, averaging period 10,"
                + " adam 0.02, 300 steps, seed 1, blas step")
        .contains("validation accuracy 0.9");
    String accuracy = line(train.out(), "test accuracy 0.9");
    assertThat(evaluate.out()).startsWith(accuracy.substring("test ".length()));
    assertThat(ModelFile.read(Path.of(model, "model.zip")).extra("classes.json"))
        .asString()
        .isEqualTo("[\"down\",\"up\"]");
  }

  @Test
  void a_regression_is_measured_by_its_errors_and_stops_by_its_loss() throws IOException {
    Path test = table("test.csv", 200, 2, "value");

    CommandLine train =
        train(
            dense(2, Activation.IDENTITY, 1),
            table("train.csv", 600, 1, "value"),
            "--labels=value",
            "--test=" + test,
            "--validation=" + test,
            "--patience=1",
            "--validate-every=5",
            "--epochs=20");
    CommandLine evaluate =
        CommandLine.run(
            "evaluate", "--model", model, "--data", test.toString(), "--labels", "value");

    assertThat(train.err()).isEmpty();
    assertThat(train.out()).contains("validation loss ").doesNotContain("accuracy");
    String errors = line(train.out(), "test mse ");
    assertThat(Double.parseDouble(errors.replaceAll(".* r2 (\\S+) .*", "$1"))).isGreaterThan(0.9);
    assertThat(errors).endsWith(" (200 examples)");
    assertThat(evaluate.out().strip()).isEqualTo(errors.substring("test ".length()));
    assertThat(Path.of(model, "model.json"))
        .content()
        .contains("\"testMae\"", "\"monitor\" : \"loss\"");
    assertThat(
            train(
                    dense(2, Activation.IDENTITY, 1),
                    test,
                    "--labels=value",
                    "--patience=1",
                    "--monitor=accuracy")
                .err())
        .isEqualToIgnoringNewLines(
            "lockstep: --monitor accuracy needs classes, found numbers: use --monitor loss");
  }

  @Test
  void of_data_in_parts_the_test_part_is_tested_and_not_what_was_trained() throws IOException {
    String prepared = folder.resolve("prepared").toString();
    String whole = pictures(300).toString();
    CommandLine.run("prepare", "--from", whole, "--to", prepared, "--split", "0.8/0.2");

    CommandLine train = train(convolution(), Path.of(prepared), "--test=" + prepared, "--epochs=1");

    assertThat(train.err()).isEmpty();
    assertThat(line(train.out(), "custom: 240 examples")).isNotEmpty();
    assertThat(line(train.out(), "test accuracy ")).endsWith(" of 60)");
  }

  @Test
  void many_workers_are_told_what_they_may_cost_and_what_gives_it_back() throws IOException {
    Path network = dense(2, Activation.SOFTMAX, 2);
    Path rows = table("rows.csv", 200, 1, "class");
    String[] many = {"--epochs=1", "--workers=20", "--optimizer=adam"};

    assertThat(line(train(network, rows, many).out(), "20 workers"))
        .isEqualTo(
            "20 workers make few steps, which a learning rate does not make up for: expect less accuracy"
                + " than one process has after as many epochs; --preset local-sgd --averaging-period 10 gives"
                + " it back");
    assertThat(train(network, rows, many).out()).contains("adam 0.008 constant, warmup 1.25");
    assertThat(train(network, rows, "--epochs=1", "--workers=20", "--optimizer=nesterovs").out())
        .contains("nesterovs 0.08 constant, warmup 1.25");
    assertThat(line(train(network, rows, "--epochs=1", "--workers=5").out(), "5 workers"))
        .isEqualTo(
            "5 workers train at the network's own learning rate, which fits one: expect less accuracy"
                + " than one process has after as many epochs; --preset local-sgd, --optimizer alone,"
                + " or --learning-rate, fits them");
    String preset = train(network, rows, "--epochs=1", "--workers=5", "--preset=local-sgd").out();
    assertThat(preset).contains("5 workers, minibatch 12, averaging period 100, outer nesterov");
    assertThat(preset).doesNotContain("expect less accuracy");
  }

  @Test
  void rare_averages_of_batch_normalisation_are_warned_of() throws IOException {
    Path pictures = pictures(40);
    CommandLine train =
        train(convolution(), pictures, "--epochs=1", "--workers=2", "--preset=local-sgd");

    assertThat(train.exitCode()).isZero();
    assertThat(line(train.out(), "replicas"))
        .isEqualTo(
            "replicas of a network with batch normalisation drift apart in 100 minibatches: expect much"
                + " less accuracy than at --averaging-period 10");
    assertThat(train(convolution(), pictures, "--epochs=1", "--workers=2").out())
        .doesNotContain("expect");
  }

  @Test
  void many_workers_of_batch_normalisation_are_told_of_small_minibatches() throws IOException {
    Path pictures = pictures(40);
    String[] many = {"--epochs=1", "--workers=16"};

    assertThat(line(train(convolution(), pictures, many).out(), "16 workers train"))
        .endsWith(
            "expect less accuracy than one process has after as many epochs; --batch-size 4 fits them");
    assertThat(
            line(
                train(convolution(), pictures, "--epochs=1", "--workers=16", "--optimizer=adam")
                    .out(),
                "16 workers make"))
        .endsWith(
            "--batch-size 4 --learning-rate 0.001 --strategy gradient-averaging gives it back");
    assertThat(
            train(convolution(), pictures, "--epochs=1", "--workers=2", "--outer=nesterov").out())
        .contains(
            "an outer optimizer can go too far with a network with batch normalisation: expect less"
                + " accuracy than without one");
  }

  @Test
  void a_convolutional_graph_learns_pictures_and_its_zip_is_trained_on() throws IOException {
    Path pictures = pictures(300);

    CommandLine first = train(convolution(), pictures, "--test=" + pictures, "--epochs=4");

    assertThat(first.err()).isEmpty();
    assertThat(first.out()).contains("onednn step").contains("test accuracy 0.9");
    int updates = ModelFile.read(Path.of(model, "model.zip")).state().updates();

    CommandLine more =
        train(Path.of(model), pictures, "--epochs=1", "--learning-rate=0.001", "--seed=2");

    assertThat(more.err()).isEmpty();
    assertThat(more.out()).contains(", adam 0.001, ");
    assertThat(ModelFile.read(Path.of(model, "model.zip")).state().updates())
        .isEqualTo(updates + 3);
    CommandLine show = CommandLine.run("show", "--model", model);
    assertThat(show.out())
        .containsPattern("maps +ConvolutionLayer relu +b +\\[3] +3 ")
        .containsPattern(" +W +\\[3, 1, 3, 3] +27 +-0\\.\\d+ to 0\\.")
        .containsPattern("normal +BatchNormalization +gamma +\\[3] +3 ")
        .contains("140 parameters, ");
  }

  @Test
  void a_checkpoint_of_another_network_is_not_resumed() throws IOException {
    Path data = table("train.csv", 60, 1, "class");
    train(dense(2, Activation.SOFTMAX, 2), data, "--epochs=1");

    Path other = json(Files.readString(dense(2, Activation.SOFTMAX, 2)).replace("0.02", "0.03"));
    CommandLine resumed = train(other, data, "--epochs=2", "--resume");

    assertThat(resumed.exitCode()).isEqualTo(3);
    assertThat(resumed.err())
        .matches(
            "lockstep: cannot resume: the checkpoint was made with network [0-9a-f]{8}, not"
                + " [0-9a-f]{8}: give the same options, or start anew without --resume\\R");
  }

  @Test
  void a_network_that_does_not_fit_the_data_costs_one_line() throws IOException {
    Path network = dense(3, Activation.SOFTMAX, 2);
    CommandLine train = train(network, table("train.csv", 60, 1, "class"));

    assertThat(train.exitCode()).isEqualTo(11);
    assertThat(train.err())
        .isEqualToIgnoringNewLines(
            "lockstep: %s: layer 0 (DenseLayer): expected 3 inputs, found 2 in examples of [2]"
                .formatted(network));
  }

  @Test
  void a_network_known_by_name_is_shown_and_must_fit_the_data_too() throws IOException {
    CommandLine show = CommandLine.run("show", "--network", "resnet20");
    CommandLine train = train(Path.of("cifar"), table("train.csv", 60, 1, "class"));
    CommandLine unknown = train(Path.of("resnet21"), folder);

    assertThat(show.out())
        .containsPattern("block4-short-conv +ConvolutionLayer .*\\[32, 16, 1, 1] +512 ")
        .contains("274,042 parameters, 0 updates");
    assertThat(train.exitCode()).isEqualTo(11);
    assertThat(train.err())
        .startsWith(
            "lockstep: cifar: examples of [2]: Got rank 2 array as input to ConvolutionLayer");
    assertThat(unknown.exitCode()).isEqualTo(3);
    assertThat(unknown.err())
        .isEqualToIgnoringNewLines(
            "lockstep: --network resnet21: expected a file, or one of dense, softmax, mlp, wide, lenet,"
                + " cifar, resnet20, lstm; there is no such file");
  }

  @Test
  @Tag("slow")
  void lenet_learns_mnist_in_a_hundred_steps() {
    CommandLine train =
        CommandLine.run(
            "train",
            "custom",
            "--network",
            "lenet",
            "--steps",
            "100",
            "--batch-size",
            "32",
            "--validate-every",
            "1000",
            "--no-plots",
            "--model-dir",
            model);

    assertThat(train.err()).isEmpty();
    assertThat(train.out())
        .startsWith("custom: 55,000 examples, 61,706 parameters, 2 workers, minibatch 32");
    double accuracy =
        Double.parseDouble(line(train.out(), "test").replaceAll(".*y (\\S+) .*", "$1"));
    assertThat(accuracy).isGreaterThan(0.75);
  }
}
