package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.SparkExtension;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.file.ModelFile;
import dev.lockstep.report.tensorboard.EventReader;
import dev.lockstep.report.tensorboard.EventReader.Tagged;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands leave for people to look at. */
class TrainReportsTest {
  @TempDir private Path folder;
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void chooseMaster() {
    System.setProperty("spark.master", "local[2]");
  }

  @Test
  void a_resumed_run_continues_its_curves_and_no_report_changes_a_bit() throws IOException {
    String logs = folder.resolve("logs").toString();
    assertThat(linear("seen", "--epochs", "100", "--logdir", logs)).isZero();
    assertThat(linear("seen", "--epochs", "200", "--logdir", logs, "--resume")).isZero();
    assertThat(linear("unseen", "--epochs", "200", "--no-report", "--no-plots")).isZero();

    assertThat(err.toString()).isEmpty();
    List<Tagged> values = EventReader.values(folder.resolve("logs/seen"));
    assertThat(values)
        .filteredOn(value -> value.tag().equals("train/W"))
        .extracting(Tagged::step)
        // The rounds in which each twentieth epoch of 17 points ends.
        .containsExactly(378L, 756L, 1039L, 1417L, 1700L, 2078L, 2456L, 2739L, 3117L, 3400L);
    ModelState state = state("seen");
    assertThat(values)
        .filteredOn(value -> value.tag().equals("train/W") && value.step() == 3400)
        .singleElement()
        .satisfies(value -> assertThat(value.scalar()).isEqualTo(state.parameters()[0]));
    assertThat(state).isEqualTo(state("unseen"));
    assertThat(folder.resolve("seen/report.html"))
        .content()
        .contains("<h1>linear</h1>", "Resumed at step 1,700.", ">Fit<", "Where time went")
        // Curves of the whole run.
        .contains("<title>378: ", "<title>1.7k: ", "<title>2.078k: ", "<title>3.4k: ")
        .contains("<th>step-000003400.zip</th>");
    assertThat(folder.resolve("unseen/report.html")).doesNotExist();
  }

  @Test
  void a_comparison_is_a_report_and_an_experiment() throws IOException {
    Path logs = folder.resolve("logs");
    assertThat(
            run(
                "compare",
                "linear",
                "--seeds",
                "2",
                "--steps",
                "200",
                "--out",
                folder.resolve("compared").toString(),
                "--logdir",
                logs.toString()))
        .isZero();

    Path experiment = logs.resolve("compare-linear");
    assertThat(EventReader.values(experiment))
        .extracting(Tagged::tag)
        .containsExactly("_hparams_/experiment");
    try (Stream<Path> sessions = Files.list(experiment).filter(Files::isDirectory)) {
      assertThat(sessions)
          .extracting(session -> session.getFileName().toString())
          .containsExactlyInAnyOrder("sgd-seed-1", "sgd-seed-2", "adam-seed-1", "adam-seed-2");
    }
    assertThat(EventReader.values(experiment.resolve("adam-seed-2")))
        .extracting(Tagged::tag)
        .startsWith("_hparams_/session_start_info")
        .contains("train/loss")
        .endsWith("_hparams_/session_end_info");
    assertThat(folder.resolve("compared/report.html"))
        .content()
        .contains("4 runs of 2 kinds", "<th>adam</th><td>2</td>");
  }

  @Test
  void a_folder_for_events_that_is_a_file_is_one_line() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");

    assertThat(linear("never", "--logdir", file.toString())).isEqualTo(3);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "lockstep: --logdir: %s: is no folder, and cannot be made one"
                .formatted(file.resolve("never")));
  }

  private int linear(String model, String... options) {
    return run(
        Stream.concat(
                Stream.of(
                    "train",
                    "linear",
                    "--display-every",
                    "20",
                    "--seed",
                    "1",
                    "--model-dir",
                    folder.resolve(model).toString()),
                Stream.of(options))
            .toArray(String[]::new));
  }

  private int run(String... args) {
    SparkExtension.stop();
    return Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), args);
  }

  private ModelState state(String model) {
    return ModelFile.read(folder.resolve(model).resolve("model.zip")).state();
  }
}
