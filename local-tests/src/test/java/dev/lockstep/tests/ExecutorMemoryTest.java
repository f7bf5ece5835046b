package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.fetch.PublishedData;
import dev.lockstep.ml.LockstepClassifier;
import dev.lockstep.strategy.RunPool;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The memory of a cluster's executors. {@code -Dlockstep.fits=100} makes the cross-validation
 * longer.
 */
@Needs(PublishedData.MNIST)
@Tag("cluster")
@EnabledOnOs(OS.LINUX)
@Timeout(600)
class ExecutorMemoryTest {
  private static final int FITS = Integer.getInteger("lockstep.fits", 20);
  private static final int FOLDS = 2;
  private static final int FITS_AT_ONCE = 10;
  private static final long MB = 1 << 20;
  private static final long FLAT = 2 * MB;
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);

  @TempDir private static Path folder;
  private static MiniCluster cluster;

  @BeforeAll
  static void start() {
    SparkExtension.stop();
    cluster = new MiniCluster(folder, 2, Map.of());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  /** What an executor holds once its garbage is collected. */
  private record Held(String executor, long heap, long natives, int runs) implements Serializable {}

  @Test
  void memory_of_executors_is_flat_after_the_first_ten_fits() throws IOException {
    try (JavaSparkContext spark = cluster.connect(new SparkConf())) {
      Dataset<Row> data = Frames.of(spark, RealMnist.files().train().range(5000, 5600)).cache();
      List<Map<String, Held>> held = new ArrayList<>();
      List<List<Long>> resident = new ArrayList<>();
      for (int fits = 0; fits < FITS; fits += FITS_AT_ONCE) {
        crossValidate(data, fits);
        held.add(held(spark));
        resident.add(resident());
        System.out.printf(
            "%d fits: %s, resident %s MB%n",
            fits + FITS_AT_ONCE,
            held.get(held.size() - 1).values(),
            resident.get(resident.size() - 1).stream().map(bytes -> bytes / MB).toList());
      }

      Map<String, Held> first = held.get(0);
      Map<String, Held> last = held.get(held.size() - 1);
      // Executors are told to forget what they were sent a while after the driver has forgotten it.
      for (long since = System.nanoTime();
          !isFlat(first, last) && System.nanoTime() - since < LONGEST_WAIT_NANOS; ) {
        last = held(spark);
      }
      assertThat(last).containsOnlyKeys(first.keySet());
      last.forEach(
          (executor, now) -> {
            Held then = first.get(executor);
            assertThat(now.heap() - then.heap()).as("heap").isLessThan(FLAT);
            assertThat(now.natives() - then.natives()).as("natives").isLessThan(FLAT);
            assertThat(now.runs()).as("runs that are kept").isLessThanOrEqualTo(1);
          });
    }
  }

  @Test
  void memory_that_runs_out_beside_tasks_is_a_line_and_the_last_checkpoint_is_gone_on_from()
      throws Exception {
    MnistRun run = new MnistRun(folder.resolve("hungry"));

    CommandLine trained =
        onSmallExecutors(
            Map.of(
                "spark.plugins",
                HungryExecutors.class.getName(),
                HungryExecutors.FILE,
                run.latest().toString()),
            run.arguments());

    assertThat(trained.err())
        .matches(
            "lockstep: out of memory(?: \\(.*\\))?: 55,000 examples of 784 values, 41 MB over 2"
                + " workers, and a network of 7,850 parameters, too large for an executor's heap of"
                + " 512 MB: give more with spark.executor.memory=1g, or more executors with"
                + " --workers above 1\n");
    assertThat(trained.exitCode()).isEqualTo(7);
    System.setProperty("spark.master", "local[2]");
    CommandLine resumed = CommandLine.run(run.arguments("--resume"));
    assertThat(resumed.err()).isEmpty();
    assertThat(resumed.exitCode()).isZero();
  }

  @Test
  void a_network_that_is_too_large_for_executors_is_a_line() throws Exception {
    CommandLine trained =
        onSmallExecutors(
            Map.of(),
            "train custom --network dense:4000,4000 --optimizer adam --data mnist --workers 2"
                .split(" "));

    assertThat(trained.err())
        .matches(
            "lockstep: out of memory \\(.*\\): .*, and a network of 19,184,010 parameters, too large"
                + " for an executor's heap of 512 MB: give more with spark.executor.memory=1g, .*\n");
    assertThat(trained.exitCode()).isEqualTo(7);
  }

  /** A command with this process as its driver. */
  private static CommandLine onSmallExecutors(Map<String, String> more, String... arguments)
      throws Exception {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "spark.master", cluster.master(),
                "spark.driver.host", "127.0.0.1",
                "spark.driver.bindAddress", "127.0.0.1",
                "spark.cores.max", "2",
                "spark.executor.memory", "512m",
                "spark.executor.extraClassPath", MiniCluster.CLASSES,
                "spark.executor.extraJavaOptions", "-XX:TieredStopAtLevel=1"));
    settings.putAll(more);
    return Disturbed.run(settings, arguments, running -> {});
  }

  private static boolean isFlat(Map<String, Held> first, Map<String, Held> last) {
    return last.values().stream()
        .allMatch(
            now -> {
              Held then = first.getOrDefault(now.executor(), now);
              return now.heap() - then.heap() < FLAT && now.natives() - then.natives() < FLAT;
            });
  }

  /** Ten fits, and one more of the best. */
  private static void crossValidate(Dataset<Row> data, int seed) {
    LockstepClassifier classifier =
        new LockstepClassifier().setWorkers(2).setEpochs(1).setHiddenLayers(256);
    ParamMap[] grid =
        new ParamGridBuilder()
            .addGrid(
                classifier.seed(),
                IntStream.range(0, FITS_AT_ONCE / FOLDS).mapToLong(i -> seed + i).toArray())
            .build();
    new CrossValidator()
        .setEstimator(classifier)
        .setEvaluator(new MulticlassClassificationEvaluator())
        .setEstimatorParamMaps(grid)
        .setNumFolds(FOLDS)
        .fit(data);
  }

  /** By executor; asked until each has got a task. */
  private static Map<String, Held> held(JavaSparkContext spark) {
    System.gc();
    Map<String, Held> held = new TreeMap<>();
    while (held.size() < 2) {
      spark
          .parallelize(List.of(1, 2, 3, 4, 5, 6, 7, 8), 8)
          .map(task -> held())
          .collect()
          .forEach(one -> held.put(one.executor(), one));
    }
    return held;
  }

  private static Held held() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return new Held(
        SparkEnv.get().executorId(),
        runtime.totalMemory() - runtime.freeMemory(),
        Pointer.totalBytes(),
        RunPool.runs());
  }

  private static List<Long> resident() throws IOException {
    List<Long> all = new ArrayList<>();
    for (ProcessHandle executor : cluster.executors()) {
      String status = Files.readString(Path.of("/proc/" + executor.pid() + "/status"));
      all.add(Long.parseLong(status.replaceFirst("(?s).*VmRSS:\\s*(\\d+) kB.*", "$1")) << 10);
    }
    return all;
  }
}
