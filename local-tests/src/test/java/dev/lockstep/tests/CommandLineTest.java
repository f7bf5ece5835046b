package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.IdxFiles;
import dev.lockstep.data.fetch.PublishedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  @TempDir private Path folder;
  private String model;

  @BeforeEach
  void nameModelDirectory() {
    model = folder.resolve("model").toString();
    System.setProperty("spark.master", "local[2]");
  }

  @Test
  @Needs(PublishedData.MNIST)
  void mnist_is_trained_tested_saved_and_evaluated() throws IOException {
    CommandLine train =
        CommandLine.run("train", "mnist", "--steps", "600", "--seed", "3", "--model-dir", model);

    assertThat(train.err()).isEmpty();
    assertThat(train.exitCode()).isZero();
    assertThat(train.out())
        .startsWith(
            "mnist: 55,000 examples, 7,850 parameters, 2 workers, minibatch 64, averaging period"
                + " 10, sgd 0.02, 600 steps, seed 3, blas step")
        .contains("step 100/600  epoch 1  round 5  loss ")
        .contains("trained 38,400 examples in ")
        .containsPattern("test accuracy 0\\.8\\d\\d\\d \\(8,\\d\\d\\d of 10,000\\)")
        .contains("saved " + model);
    assertThat(Path.of(model, "model.json"))
        .content()
        .contains("\"seed\" : 3", "\"workers\" : 2", "\"steps\" : 600", "\"testAccuracy\" : 0.8");
    MultiLayerNetwork restored =
        ModelSerializer.restoreMultiLayerNetwork(Path.of(model, "model.zip").toFile());
    assertThat(restored.numParams()).isEqualTo(7850);

    CommandLine evaluate = CommandLine.run("evaluate", "--model", model);

    assertThat(evaluate.exitCode()).isZero();
    String accuracy = train.out().lines().filter(l -> l.startsWith("test")).findFirst().get();
    assertThat(evaluate.out())
        .startsWith(accuracy.substring("test ".length()))
        .contains("class  precision  recall      f1")
        .contains("actual \\ predicted");
  }

  @Test
  void evaluating_without_a_model_says_what_to_do() {
    CommandLine evaluate = CommandLine.run("evaluate", "--model", model);

    assertThat(evaluate.exitCode()).isEqualTo(3);
    assertThat(evaluate.err())
        .isEqualToIgnoringNewLines(
            "lockstep: no model saved in %s: run lockstep train … first, or name a model zip"
                .formatted(model));
  }

  @Test
  void a_file_that_is_no_model_is_named() throws IOException {
    Path file = Files.writeString(folder.resolve("model.zip"), "not a zip");

    CommandLine evaluate = CommandLine.run("evaluate", "--model", file.toString());

    assertThat(evaluate.exitCode()).isEqualTo(3);
    assertThat(evaluate.err())
        .isEqualToIgnoringNewLines(
            "lockstep: %s: expected a DL4J model zip, found a file that is none, or is truncated or altered"
                .formatted(file));
  }

  @Test
  void malformed_data_is_one_line_that_names_the_file() {
    IdxFiles.write(folder.resolve("train-images-idx3-ubyte"), new byte[] {1, 2, 3, 4});
    IdxFiles.write(folder.resolve("train-labels-idx1-ubyte"), new byte[0]);

    CommandLine train =
        CommandLine.run("train", "mnist", "--data", folder.toString(), "--model-dir", model);

    assertThat(train.exitCode()).isEqualTo(3);
    assertThat(train.err())
        .isEqualToIgnoringNewLines(
            "lockstep: %s: offset 0: expected an IDX magic number 0x0000ttdd, found 0x01020304"
                .formatted(folder.resolve("train-images-idx3-ubyte")));
  }

  @Test
  void a_bad_label_found_by_a_task_is_one_line_too() {
    byte[] labels = new byte[6000];
    labels[5500] = 77;
    IdxFiles.write(
        folder.resolve("train-images-idx3-ubyte"),
        IdxFiles.bytes(new byte[6000 * 784], 6000, 28, 28));
    IdxFiles.write(folder.resolve("train-labels-idx1-ubyte"), IdxFiles.bytes(labels, 6000));
    IdxFiles.write(
        folder.resolve("t10k-images-idx3-ubyte"), IdxFiles.bytes(new byte[10 * 784], 10, 28, 28));
    IdxFiles.write(folder.resolve("t10k-labels-idx1-ubyte"), IdxFiles.bytes(new byte[10], 10));

    CommandLine train =
        CommandLine.run("train", "mnist", "--data", folder.toString(), "--model-dir", model);

    assertThat(train.exitCode()).isEqualTo(3);
    assertThat(train.err())
        .isEqualToIgnoringNewLines(
            "lockstep: %s: offset 5508: expected a label from 0 to 9, found 77"
                .formatted(folder.resolve("train-labels-idx1-ubyte")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--workers=0 | --workers must be at least 1, not 0",
        "--batch-size=-3 | --batch-size must be at least 1, not -3",
        "--epochs=0 | --epochs must be at least 1, not 0",
        "--learning-rate=-1 | --learning-rate must be more than 0, not -1.0",
        "--steps=5 --epochs=5 | --epochs and --steps exclude each other: give one of them",
        "--optimizer=sdg | Invalid value for option '--optimizer': expected one of [SGD,"
            + " NESTEROVS, ADAM] (case-insensitive) but was 'sdg'",
        "--strategy=gossip | Invalid value for option '--strategy': expected one of"
            + " [parameter-averaging, gradient-averaging, single-process, dl4j], found 'gossip'",
        "--averaging-schedule=local:2 | Invalid value for option '--averaging-schedule': expected"
            + " constant or post-local:E with E epochs, found 'local:2'",
        "--learning-rate-schedule=linear | Invalid value for option '--learning-rate-schedule':"
            + " expected constant, step:EPOCHS:FACTOR, cosine, cosine:FLOOR or one-cycle, found"
            + " 'linear'",
        "--gradient-clipping=5 | Invalid value for option '--gradient-clipping': expected value:V or"
            + " norm:V with a number V, found '5'",
        "--accumulate=0 | --accumulate must be at least 1, not 0",
        "--weights-average=swa | Invalid value for option '--weights-average': expected ema:DECAY,"
            + " such as ema:0.999, swa:EPOCH or none, found 'swa'",
        "--averaging-period=rarely | Invalid value for option '--averaging-period': expected a number"
            + " of minibatches from 1 on, or auto, found 'rarely'",
        "--averaging-period=auto --strategy=gradient-averaging | --averaging-period auto needs"
            + " --strategy parameter-averaging, not gradient-averaging",
        "--warmup=-1 | --warmup must be at least 0 epochs, not -1.0",
        "--outer=lion | Invalid value for option '--outer': expected sgd, momentum, nesterov or adam, found 'lion'",
        "--outer-learning-rate=0 | --outer-learning-rate must be more than 0, not 0.0",
        "--outer=sgd --outer-momentum=0.5 | --outer-momentum needs --outer momentum, nesterov or"
            + " adam, not sgd",
        "--strategy=single-process --preset=diloco | --preset diloco needs --strategy parameter-averaging,"
            + " not single-process",
        "--preset=fedprox | Invalid value for option '--preset': expected slowmo, diloco, post-local"
            + " or local-sgd, found 'fedprox'",
        "--preset=local-sgd --strategy=gradient-averaging | --preset local-sgd needs --strategy"
            + " parameter-averaging, not gradient-averaging",
        "--preset=post-local --strategy=single-process | --preset post-local needs --strategy"
            + " parameter-averaging, not single-process",
        "--outer-momentum=1 | --outer-momentum must be from 0 to below 1, not 1.0",
        "--strategy=gradient-averaging --outer-momentum=0.5 | --outer-momentum needs --strategy"
            + " parameter-averaging, not gradient-averaging",
        "--strategy=single-process --workers=2 | --strategy single-process: a single process has one worker, not 2"
      })
  void a_wrong_option_is_a_usage_error(String options, String message) {
    CommandLine train =
        CommandLine.run(("train linear " + options + " --model-dir " + model).split(" "));

    assertThat(train.exitCode()).isEqualTo(2);
    assertThat(train.err().lines())
        .containsExactly("lockstep: " + message, "See lockstep train linear --help");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "train --help", "train mnist --help", "evaluate --help"})
  void help_teaches_by_example(String args) {
    CommandLine help = CommandLine.run(args.split(" "));

    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).startsWith("Usage: lockstep").contains("lockstep ");
  }
}
