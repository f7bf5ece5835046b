package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.fetch.PublishedData;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.file.ModelFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the launcher in processes of their own, and kills them; once with examples on a disk. */
@Needs(PublishedData.MNIST)
@Tag("slow")
@Tag("alone")
@DisabledOnOs(OS.WINDOWS)
class KillTest {
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long LOOK_NANOS = 1_000_000;

  /** The exit status that tells of kill -9. */
  private static final int KILLED = 128 + 9;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"--optimizer sgd --data-memory 1m", "--optimizer adam"})
  void a_run_killed_at_a_random_moment_and_resumed_ends_with_the_same_bytes(String options)
      throws Exception {
    Path undisturbed = folder.resolve("undisturbed");
    assertThat(finish(start(undisturbed, options))).isZero();
    ModelState expected = ModelFile.read(undisturbed.resolve("model.zip")).state();

    Path killed = folder.resolve("killed");
    long seed = System.nanoTime();
    Process run = start(killed, options);
    Random dice = new Random(seed);
    // At a step that a dice decides, but after the first checkpoint.
    int lines = 3 + dice.nextInt(12);
    BufferedReader out = run.inputReader();
    for (int line = 0; line <= lines && out.readLine() != null; line++) {
      // Each line is a display: so many steps have passed.
    }
    while (!Files.exists(killed.resolve("checkpoints/latest"))) {
      assertThat(run.isAlive()).as("has not ended").isTrue();
      LockSupport.parkNanos(LOOK_NANOS);
    }
    // Lines come together, once a second.
    LockSupport.parkNanos(dice.nextLong(LONGEST_PAUSE_NANOS));
    assertThat(run.destroyForcibly().waitFor()).as("killed before its end").isEqualTo(KILLED);

    assertThat(finish(start(killed, options, "--resume"))).isZero();
    assertThat(ModelFile.read(killed.resolve("model.zip")).state())
        .as("killed after %d lines (seed %d)", lines, seed)
        .isEqualTo(expected);
  }

  private static Process start(Path modelDir, String options, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Product.LAUNCHER.toString(),
                "--master",
                "local[2]",
                "train",
                "mnist",
                "--steps",
                "40000",
                "--display-every",
                "1000",
                "--checkpoint-every",
                "1000",
                "--no-plots",
                "--model-dir",
                modelDir.toString()));
    command.addAll(List.of(options.split(" ")));
    command.addAll(List.of(more));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static int finish(Process process) throws Exception {
    process.getInputStream().readAllBytes();
    return process.waitFor();
  }
}
