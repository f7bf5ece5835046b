package dev.lockstep.tests;

import static dev.lockstep.tests.CommandLine.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.fetch.PublishedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** {@code lockstep study}, through the command line. */
class StudyCommandTest {
  @TempDir private Path folder;

  @BeforeEach
  void nameMaster() {
    System.setProperty("spark.master", "local[2]");
  }

  @Test
  @Needs(PublishedData.MNIST)
  void a_study_trains_what_was_not_trained_before_and_tells_of_all() {
    String[] study = {
      "study",
      "--workers",
      "2",
      "--epochs",
      "1",
      "--batch-size",
      "500",
      "--out",
      folder.resolve("study").toString(),
      "--periods"
    };
    CommandLine first = CommandLine.run(with(study, "10", "--seeds", "1"));
    CommandLine more = CommandLine.run(with(study, "10,auto", "--seeds", "1"));

    assertThat(first.exitCode()).isZero();
    assertThat(first.out()).contains("1/2  softmax mnist", "2/2  softmax mnist");
    assertThat(more.out())
        .contains("3/3  softmax mnist  sgd 0.02  2 workers  period auto")
        .doesNotContain("1/3")
        .contains("| softmax | 0.02000 | 2 ", "report in ");
    assertThat(folder.resolve("study/results.parquet")).isDirectory();
    assertThat(folder.resolve("study/report.html")).content().contains("3 trainings of 3 kinds");
  }

  @Test
  @Needs(PublishedData.MNIST)
  void a_study_trains_anew_what_its_names_no_longer_mean() throws IOException {
    String[] study = {
      "study",
      "--networks",
      network(4),
      "--workers",
      "1",
      "--epochs",
      "1",
      "--batch-size",
      "500",
      "--seeds",
      "1",
      "--out",
      folder.resolve("study").toString()
    };

    assertThat(CommandLine.run(study).out()).contains("1/1  ", "network.json mnist");
    assertThat(CommandLine.run(study).out()).doesNotContain("1/1  ");

    network(5);

    assertThat(CommandLine.run(study).out()).contains("1/1  ", "network.json mnist");
  }

  private String network(int hidden) throws IOException {
    String json =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(new DenseLayer.Builder().nIn(784).nOut(hidden).build())
            .layer(
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nIn(hidden)
                    .nOut(10)
                    .activation(Activation.SOFTMAX)
                    .build())
            .build()
            .toJson();
    return Files.writeString(folder.resolve("network.json"), json).toString();
  }

  @Test
  void a_study_of_data_of_ones_own_makes_dense_networks_for_them() throws IOException {
    String data = prepared("kind", "odd", "even", "--split", "0.8/0.2");

    CommandLine study = small("dense:8,4,dense:8", data);

    assertThat(study.err()).isEmpty();
    assertThat(study.exitCode()).isZero();
    assertThat(study.out())
        .contains("2/4  dense:8,4 ", "4/4  dense:8 ", "| dense:8,4 ", "| dense:8 ");
  }

  @Test
  void data_without_a_part_to_test_on_cost_one_line() throws IOException {
    String data = prepared("kind", "odd", "even");

    CommandLine study = small("dense", data);

    assertThat(study.exitCode()).isEqualTo(3);
    assertThat(study.err())
        .isEqualToIgnoringNewLines(
            "lockstep: --data %s: has no part test: lockstep prepare --from DIR --to OTHER --split 0.8/0.2 makes one"
                .formatted(data));
  }

  @Test
  void data_of_numbers_cost_one_line() throws IOException {
    String data = prepared("price", "1.5", "2.5", "--split", "0.8/0.2");

    CommandLine study = small("dense", data);

    assertThat(study.exitCode()).isEqualTo(3);
    assertThat(study.err())
        .isEqualToIgnoringNewLines(
            "lockstep: --data %s: has no classes, of which a study tells the accuracy"
                .formatted(data));
  }

  @ParameterizedTest
  @ValueSource(strings = {"study", "compare linear"})
  void a_folder_that_cannot_be_made_costs_one_line_before_anything_is_trained(String command)
      throws IOException {
    Path out = Files.writeString(folder.resolve("file"), "no folder").resolve("study");

    CommandLine study = CommandLine.run(with(command.split(" "), "--out", out.toString()));

    assertThat(study.exitCode()).isEqualTo(3);
    assertThat(study.out()).isEmpty();
    assertThat(study.err())
        .isEqualToIgnoringNewLines(
            "lockstep: --out %s: is no folder, and cannot be made one".formatted(out));
  }

  @Test
  @Needs(PublishedData.MNIST)
  void a_name_that_is_none_costs_one_line_before_anything_is_trained() {
    CommandLine network = small("softmax,lenett", "mnist");
    CommandLine data = small("softmax", "mnist,nowhere");

    assertThat(network.exitCode()).isEqualTo(3);
    assertThat(network.out()).isEmpty();
    assertThat(network.err()).startsWith("lockstep: --network lenett: expected a file, or one of ");
    assertThat(data.exitCode()).isEqualTo(3);
    assertThat(data.out()).isEmpty();
    assertThat(data.err()).contains("nowhere");
  }

  private CommandLine small(String network, String data) {
    return CommandLine.run(
        "study",
        "--networks=" + network,
        "--data=" + data,
        "--workers=2",
        "--periods=2",
        "--epochs=1",
        "--batch-size=4",
        "--seeds=1",
        "--out=" + folder.resolve("study"));
  }

  /** A table of 50 rows, whose label is one thing or the other in turn. */
  private String prepared(String label, String one, String other, String... options)
      throws IOException {
    String rows =
        IntStream.range(0, 50)
            .mapToObj(i -> "%d,%d,%s".formatted(i, 2 * i, i % 2 == 0 ? one : other))
            .collect(Collectors.joining("\n"));
    Path table = Files.writeString(folder.resolve("table.csv"), "a,b," + label + "\n" + rows);
    String data = folder.resolve("data").toString();
    String[] prepare = {"prepare", "--from", table.toString(), "--labels", label, "--to", data};
    assertThat(CommandLine.run(with(prepare, options)).exitCode()).isZero();
    return data;
  }
}
