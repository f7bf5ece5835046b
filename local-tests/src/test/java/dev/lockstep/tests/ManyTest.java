package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.fetch.PublishedData;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Many workers in many executors, some of which are lost, on however few cores. */
@Needs(PublishedData.MNIST)
@TakesMinutes
@Tag("cluster")
@Tag("alone")
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(900)
class ManyTest {
  private static final int EXECUTORS = 16;
  private static final int KILLS = 4;
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final String ARGUMENTS =
      "train mnist --workers 64 --steps 200000 --averaging-period 5 --optimizer adam --no-plots"
          + " --no-report --display-every 20000 --checkpoint-every 20000 --model-dir ";

  @TempDir private Path folder;

  @Repeated
  void sixty_four_workers_in_sixteen_executors_of_which_four_are_lost_end_with_the_same_bits()
      throws Exception {
    MnistRun local = new MnistRun(folder.resolve("local"));
    System.setProperty("spark.master", "local[2]");
    assertThat(CommandLine.run((ARGUMENTS + local.modelDir()).split(" ")).err()).isEmpty();
    System.clearProperty("spark.master");
    MnistRun many = new MnistRun(folder.resolve("many"));
    long seed = System.nanoTime();
    Random dice = new Random(seed);
    try (MiniCluster cluster =
        new MiniCluster(folder.resolve("cluster"), 2, EXECUTORS / 2, "8g", Map.of())) {
      CommandLine trained =
          Disturbed.run(
              settings(cluster),
              (ARGUMENTS + many.modelDir()).split(" "),
              running -> {
                for (int kill = 0; kill < KILLS; kill++) {
                  // A segment is attempted four times only: every other time the training gets on.
                  int next = SparkEvents.segments() + kill % 2;
                  running.require(
                      () -> SparkEvents.segments() >= next && SparkEvents.workers() > KILLS);
                  LockSupport.parkNanos(dice.nextLong(LONGEST_PAUSE_NANOS));
                  List<ProcessHandle> executors = cluster.executors();
                  int attempts = SparkEvents.attempts();
                  executors.get(dice.nextInt(executors.size())).destroyForcibly();
                  running.require(() -> SparkEvents.attempts() > attempts);
                }
              });

      assertThat(trained.err()).as("seed %d", seed).isEmpty();
      assertThat(trained.exitCode()).as("seed %d", seed).isZero();
    }
    assertThat(many.state()).as("seed %d", seed).isEqualTo(local.state());
    assertThat(many.lastCheckpoint()).as("seed %d", seed).isEqualTo(local.lastCheckpoint());
  }

  /** One slot an executor, and as little memory as Spark allows. */
  private static Map<String, String> settings(MiniCluster cluster) {
    return Map.of(
        "spark.master", cluster.master(),
        "spark.driver.host", "127.0.0.1",
        "spark.driver.bindAddress", "127.0.0.1",
        "spark.executor.cores", "1",
        "spark.cores.max", String.valueOf(EXECUTORS),
        "spark.executor.memory", "480m",
        "spark.scheduler.minRegisteredResourcesRatio", "1.0",
        "spark.executor.extraClassPath", Product.JAR.toString(),
        "spark.executor.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.extraListeners", SparkEvents.class.getName());
  }
}
