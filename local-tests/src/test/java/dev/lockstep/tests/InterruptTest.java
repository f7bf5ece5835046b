package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lockstep.models.file.ModelFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher in processes of their own, and presses Ctrl-C. */
@Tag("slow")
@Tag("alone")
@DisabledOnOs(OS.WINDOWS)
class InterruptTest {
  private static final String LAUNCHER = Path.of("..", "lockstep").toAbsolutePath().toString();

  /** So many that the signal comes long before the last. */
  private static final int STEPS = 400_000;

  @TempDir private Path folder;

  /** What a shell's script begins with {@code &} ignores Ctrl-C, and so does all that it starts. */
  @BeforeAll
  static void expectHeard() throws IOException {
    Path status = Path.of("/proc/self/status");
    assumeThat(Files.exists(status) ? Files.readAllLines(status) : List.of())
        .as("Ctrl-C is ignored here, since these tests run in a script's background")
        .noneMatch(line -> line.matches("SigIgn:\\s.*[2367abef]"));
  }

  @Test
  void ctrl_c_ends_with_a_checkpoint_and_says_how_to_go_on_from_it() throws Exception {
    Path undisturbed = folder.resolve("undisturbed");
    Process whole = start(undisturbed, STEPS);
    whole.getInputStream().readAllBytes();
    assertThat(whole.waitFor()).isZero();

    Path stopped = folder.resolve("stopped");
    Process run = start(stopped, STEPS);
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = run.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
        if (line.startsWith("step 5,000/")) {
          signal(run, "INT");
        }
      }
    }

    assertThat(run.waitFor()).isEqualTo(130);
    assertThat(lines).contains("stopping after this round; press Ctrl-C again to stop at once");
    assertThat(lines.get(lines.size() - 1))
        .matches("stopped at step [0-9,]+; to go on: lockstep train nonlinear .* --resume");
    assertThat(stopped.resolve("model.zip")).doesNotExist();
    assertThat(stopped.resolve("checkpoints").resolve("latest")).exists();

    Process resumed = start(stopped, STEPS, "--resume");
    resumed.getInputStream().readAllBytes();
    assertThat(resumed.waitFor()).isZero();
    assertThat(ModelFile.read(stopped.resolve("model.zip")).state())
        .isEqualTo(ModelFile.read(undisturbed.resolve("model.zip")).state());
  }

  @Test
  void ctrl_c_pressed_twice_ends_at_once_and_spills_nothing() throws Exception {
    // One round of these takes seconds, in which there is time for the second signal.
    Process run = start(folder.resolve("run"), 10_000_000, "--averaging-period", "200000");
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = run.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
        if (line.startsWith("step ") || line.startsWith("stopping ")) {
          signal(run, "INT");
        }
      }
    }

    assertThat(run.waitFor()).isEqualTo(130);
    assertThat(lines)
        .endsWith(
            "stopping after this round; press Ctrl-C again to stop at once",
            "lockstep: stopped before it was done");
  }

  private static void signal(Process process, String name)
      throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(name, process.pid())).start().waitFor();
  }

  private static Process start(Path modelDir, long steps, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                LAUNCHER,
                "--master",
                "local[2]",
                "train",
                "nonlinear",
                "--no-plots",
                "--steps",
                String.valueOf(steps),
                "--display-every",
                "5000",
                "--checkpoint-every",
                "5000",
                "--model-dir",
                modelDir.toString()));
    command.addAll(List.of(more));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
