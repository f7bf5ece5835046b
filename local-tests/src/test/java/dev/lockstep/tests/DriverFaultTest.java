package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.models.CheckpointStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The driver's process on a cluster dies, or its disk is full; the run is resumed. */
@Tag("cluster")
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class DriverFaultTest {
  private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

  @TempDir private Path folder;

  private final long seed = System.nanoTime();
  private final Random dice = new Random(seed);

  @Test
  void a_driver_killed_and_one_whose_disk_is_full_are_resumed_to_the_same_bytes() throws Exception {
    assumeTrue(Files.isExecutable(PRLIMIT), "needs prlimit of util-linux to make a disk full");
    MnistRun undisturbed = new MnistRun(folder.resolve("undisturbed"));
    System.setProperty("spark.master", "local[2]");
    assertThat(CommandLine.run(undisturbed.arguments()).exitCode()).isZero();
    MnistRun run = new MnistRun(folder.resolve("disturbed"));
    try (MiniCluster cluster = new MiniCluster(folder.resolve("cluster"), 2, Map.of())) {
      Process killed = launch(cluster, run);
      awaitStep(killed, 1000 + 100 * dice.nextInt(20));
      killed.destroyForcibly().waitFor();

      Process full = launch(cluster, run, "--resume");
      awaitStep(full, 3000 + 100 * dice.nextInt(10));
      fillDisk(full);
      Output ended = Output.of(full);
      assertThat(ended.err())
          .matches("lockstep: \\S+/step-\\d+.zip: cannot be written: File too large\n");
      assertThat(ended.exitCode()).isEqualTo(3);
      assertThat(
              new CheckpointStore(run.modelDir().resolve("checkpoints"), 2)
                  .latest(Assertions::fail))
          .isPresent();

      Output resumed = Output.of(launch(cluster, run, "--resume"));
      assertThat(resumed.err()).isEmpty();
      assertThat(resumed.exitCode()).isZero();
    }
    assertThat(run.state()).as("seed %d", seed).isEqualTo(undisturbed.state());
    assertThat(run.lastCheckpoint()).as("seed %d", seed).isEqualTo(undisturbed.lastCheckpoint());
  }

  private static Process launch(MiniCluster cluster, MnistRun run, String... more)
      throws IOException {
    List<String> command =
        new ArrayList<>(List.of(Product.LAUNCHER.toString(), "--master", cluster.master()));
    command.addAll(List.of(run.arguments(more)));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SPARK_HOME", cluster.sparkHome().toString());
    return builder.start();
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
    throw new AssertionError("ended before step " + step);
  }

  /** No file may become longer than a kilobyte: as a quota or a full disk would have it. */
  private static void fillDisk(Process process) throws IOException {
    Process prlimit =
        new ProcessBuilder(
                PRLIMIT.toString(), "--fsize=1024", "--pid", String.valueOf(process.pid()))
            .inheritIO()
            .start();
    assertThat(prlimit.onExit().join().exitValue()).isZero();
  }
}
