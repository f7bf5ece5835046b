package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.fetch.PublishedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to containers on YARN, what comes of a run is that of local mode. */
@Needs(PublishedData.MNIST)
@TakesMinutes
@Tag("cluster")
@Tag("alone")
@EnabledOnOs(OS.LINUX)
@Timeout(400)
class YarnTest {
  @TempDir private static Path shared;
  private static Yarn yarn;
  private static MnistRun undisturbed;

  @TempDir private Path folder;
  private MnistRun run;

  @BeforeAll
  static void start() {
    undisturbed = new MnistRun(shared.resolve("undisturbed"));
    System.setProperty("spark.master", "local[2]");
    assertThat(CommandLine.run(undisturbed.arguments()).exitCode()).isZero();
    SparkExtension.stop();
    yarn = new Yarn(shared.resolve("yarn"));
  }

  @AfterAll
  static void stop() {
    yarn.close();
  }

  @BeforeEach
  void chooseFolder() {
    run = new MnistRun(folder.resolve("run"));
  }

  @Repeated
  void in_cluster_mode_a_killed_executor_and_a_killed_driver_do_not_show() throws Exception {
    Process submission = yarn.submit("cluster", run.arguments());
    await(submission, () -> run.lastStep() > 0);
    yarn.executors().get(0).destroyForcibly();
    await(submission, () -> run.lastStep() >= 5000);
    yarn.masters().get(0).destroyForcibly();
    Output ended = Output.of(submission);

    assertThat(ended.exitCode()).as(() -> ended.text() + yarn.logs()).isZero();
    assertThat(yarn.lastApplication().getAppAttempts()).hasSize(2);
    assertThat(yarn.logs()).contains("resuming at step ", "saved " + run.modelDir());
    expectUndisturbed();
  }

  @Repeated
  void in_client_mode_a_killed_executor_does_not_show() throws Exception {
    Process driver = yarn.submit("client", run.arguments());
    awaitStep(driver, 2000);
    yarn.executors().get(0).destroyForcibly();
    Output ended = Output.of(driver);

    assertThat(ended.exitCode()).as(() -> ended.text() + yarn.logs()).isZero();
    expectUndisturbed();
  }

  @Test
  void predictions_and_prepared_data_are_those_of_local_mode() throws Exception {
    String test = RealMnist.folder().resolve("t10k-images-idx3-ubyte").toString();
    String[] prepare = {"prepare", "--from", test, "--format", "images", "--to"};
    String model = undisturbed.modelDir().toString();
    String[] predict = {"predict", "--format", "json", "--model", model, "--images"};
    Path pictures = folder.resolve("pictures");
    Path predicted = folder.resolve("predicted");

    yarn.run("cluster", with(prepare, pictures.toString()));
    yarn.run("cluster", with(predict, pictures + "/all", "--out", predicted.toString()));

    here(with(prepare, folder.resolve("pictures-here").toString()));
    assertThat(Folder.hashes(pictures.resolve("all")))
        .hasSize(10_000)
        .isEqualTo(Folder.hashes(folder.resolve("pictures-here/all")));
    here(with(predict, pictures + "/all", "--out", folder + "/predicted-here"));
    assertThat(rows(predicted)).hasSize(10_000).isEqualTo(rows(folder.resolve("predicted-here")));
  }

  /** All predictions in order: how many are in a file follows from how many slots there were. */
  private static List<String> rows(Path predictions) throws IOException {
    List<String> rows = new ArrayList<>();
    try (Stream<Path> parts = Files.list(predictions.resolve("predictions"))) {
      for (Path part : parts.filter(file -> file.toString().endsWith(".json")).sorted().toList()) {
        rows.addAll(Files.readAllLines(part));
      }
    }
    return rows;
  }

  @Test
  void in_cluster_mode_a_folder_that_goes_with_the_driver_is_refused() throws Exception {
    Output refused = Output.of(yarn.submit("cluster", "train", "linear"));

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(yarn.lastApplication().getFinalApplicationStatus())
        .isEqualTo(FinalApplicationStatus.FAILED);
    assertThat(refused.err()).contains("User application exited with status 3");
    assertThat(yarn.logs())
        .contains("lockstep: --model-dir runs/linear: in cluster mode this is in a folder that");
  }

  private static String[] with(String[] command, String... more) {
    return Stream.of(command, more).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private static void here(String... command) {
    CommandLine done = CommandLine.run(command);
    assertThat(done.exitCode()).as(done.err()).isZero();
  }

  private void expectUndisturbed() {
    assertThat(run.state()).isEqualTo(undisturbed.state());
    assertThat(run.lastCheckpoint()).isEqualTo(undisturbed.lastCheckpoint());
  }

  private static void await(Process submission, BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      assertThat(submission.isAlive()).as("not ended").isTrue();
      Pause.brief();
    }
  }

  /** Reads what the process writes until it tells of a step. */
  private static void awaitStep(Process process, int step) throws IOException {
    BufferedReader out = process.inputReader();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("step ")
          && Integer.parseInt(line.replaceFirst("step ([\\d,]+)/.*", "$1").replace(",", ""))
              >= step) {
        return;
      }
    }
    throw new AssertionError("ended before step " + step + yarn.logs());
  }
}
