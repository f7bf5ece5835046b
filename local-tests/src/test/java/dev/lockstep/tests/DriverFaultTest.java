package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.fetch.PublishedData;
import dev.lockstep.models.file.CheckpointStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The driver's process on a cluster dies, or its disk is full; the run is resumed. */
@Needs(PublishedData.MNIST)
@Tag("cluster")
@Tag("alone")
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class DriverFaultTest {
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long LOOK_NANOS = 1_000_000;

  /** The exit status that tells of kill -9. */
  private static final int KILLED = 128 + 9;

  @TempDir private static Path shared;
  private static MiniCluster cluster;
  private static MnistRun undisturbed;

  @TempDir private Path folder;

  private final long seed = System.nanoTime();
  private final Random dice = new Random(seed);
  private MnistRun run;

  @BeforeAll
  static void start() {
    undisturbed = new MnistRun(shared.resolve("undisturbed"));
    System.setProperty("spark.master", "local[2]");
    assertThat(CommandLine.run(undisturbed.arguments()).exitCode()).isZero();
    cluster = new MiniCluster(shared.resolve("cluster"), 2, Map.of());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void chooseFolder() {
    run = new MnistRun(folder.resolve("disturbed"));
  }

  @Repeated
  void a_driver_that_is_killed_is_resumed_to_the_same_bytes() throws Exception {
    Process killed = launch();
    awaitStep(killed, 1000 + 500 * dice.nextInt(10));
    LockSupport.parkNanos(dice.nextLong(LONGEST_PAUSE_NANOS));
    assertThat(killed.destroyForcibly().waitFor()).isEqualTo(KILLED);

    expectResumed();
  }

  @Repeated
  void a_run_whose_disk_is_full_ends_with_one_line_and_is_resumed_to_the_same_bytes()
      throws Exception {
    try (SmallDisk disk = new SmallDisk(run.modelDir())) {
      Process full = launch();
      awaitStep(full, 1000 + 500 * dice.nextInt(10));
      disk.fill(full);
      Output ended = Output.of(full);

      // Whichever file is the first that there is no room for; without curves the run goes on.
      String why = ": .*" + disk.complaint() + "\n";
      assertThat(ended.err())
          .matches(
              "(.*history.jsonl%s)?lockstep: \\S+/(\\S+.zip|latest): cannot be written%s"
                  .formatted(why, why));
      assertThat(ended.exitCode()).isEqualTo(3);
      assertThat(
              new CheckpointStore(run.modelDir().resolve("checkpoints"), 2)
                  .latest(Assertions::fail))
          .isPresent();
      disk.clear();
      expectResumed();
    }
  }

  private void expectResumed() throws IOException {
    Output resumed = Output.of(launch("--resume"));

    assertThat(resumed.err()).isEmpty();
    assertThat(resumed.exitCode()).isZero();
    assertThat(run.state()).as("seed %d", seed).isEqualTo(undisturbed.state());
    assertThat(run.lastCheckpoint()).as("seed %d", seed).isEqualTo(undisturbed.lastCheckpoint());
  }

  private Process launch(String... more) throws IOException {
    return cluster.launch(List.of(run.arguments(more)));
  }

  /**
   * Waits until there is a checkpoint, and reads what the process writes until it tells of a step.
   */
  private void awaitStep(Process process, int step) throws IOException {
    while (run.lastStep() == 0) {
      assertThat(process.isAlive()).as("has not ended").isTrue();
      LockSupport.parkNanos(LOOK_NANOS);
    }
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
}
