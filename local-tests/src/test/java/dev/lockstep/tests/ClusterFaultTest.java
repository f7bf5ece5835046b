package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.fetch.PublishedData;
import dev.lockstep.models.ModelState;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes die, hang and lose what they had, and the training ends with the same bytes. The
 * cluster has a worker more than the training needs.
 */
@Needs(PublishedData.MNIST)
@Tag("cluster")
@Tag("alone")
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(300)
class ClusterFaultTest {
  private static final int KILLS =
      TakesMinutes.ALL.equals(System.getProperty(TakesMinutes.PROPERTY)) ? 20 : 7;
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(700);

  @TempDir private static Path shared;
  private static MiniCluster cluster;
  private static ModelState state;
  private static byte[] checkpoint;

  @TempDir private Path folder;

  private final long seed = System.nanoTime();
  private final Random dice = new Random(seed);

  @BeforeAll
  static void start() {
    System.setProperty("spark.master", "local[2]");
    MnistRun undisturbed = new MnistRun(shared.resolve("undisturbed"));
    assertThat(CommandLine.run(undisturbed.arguments()).exitCode()).isZero();
    state = undisturbed.state();
    checkpoint = undisturbed.lastCheckpoint();
    cluster =
        new MiniCluster(
            shared.resolve("cluster"),
            3,
            Map.of("SPARK_DAEMON_JAVA_OPTS", "-Dspark.worker.timeout=8"));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private MnistRun run;

  /** Brings back the workers that a test has ended. */
  @BeforeEach
  void restore() {
    run = new MnistRun(folder);
    cluster.start();
  }

  @Repeated
  void executors_and_workers_killed_at_random_moments_do_not_show() throws Exception {
    Kills kills = new Kills();
    while (kills.made < KILLS) {
      CommandLine trained = Disturbed.run(settings(), run.arguments(), kills);

      expectUndisturbed(trained);
    }
    System.out.printf("%d processes killed (seed %d)%n", kills.made, seed);
  }

  private final class Kills implements Disturbed.Faults {
    private int made;
    private int times;

    @Override
    public void happen(Disturbed run) {
      while (made < KILLS && run.await(Disturbed::trains)) {
        // A segment is attempted four times only, and each process lost may cost one: every other
        // time the training gets on first, else a single executor is killed.
        boolean getsOn = times++ % 2 == 1;
        int next = SparkEvents.segments() + (getsOn ? 1 : 0);
        if (run.await(() -> SparkEvents.segments() >= next && Disturbed.trains())) {
          LockSupport.parkNanos(dice.nextLong(LONGEST_PAUSE_NANOS));
          int attempts = SparkEvents.attempts();
          int killed = getsOn ? fault() : killAnExecutor(cluster.executors());
          // One that came after all training was done does not count.
          made += run.await(() -> SparkEvents.attempts() > attempts) ? killed : 0;
        }
      }
    }

    private int fault() {
      List<ProcessHandle> executors = cluster.executors();
      return switch (dice.nextInt(8)) {
        case 0 -> {
          ProcessHandle worker = cluster.worker(1 + dice.nextInt(3));
          int killed = kill(worker);
          worker.onExit().join();
          cluster.start();
          yield killed;
        }
        case 1 -> executors.stream().mapToInt(this::kill).sum();
        default -> killAnExecutor(executors);
      };
    }

    private int killAnExecutor(List<ProcessHandle> executors) {
      return executors.stream().skip(dice.nextInt(2)).limit(1).mapToInt(this::kill).sum();
    }

    private int kill(ProcessHandle process) {
      return process.destroyForcibly() ? 1 : 0;
    }
  }

  /** In the middle of an epoch, as one has about 940 steps and the next looks come each 500. */
  @Repeated
  void an_executor_with_examples_on_its_disk_is_replaced() throws Exception {
    String[] onDisk = {"--data-memory", "1m"};
    MnistRun whole = new MnistRun(folder.resolve("whole"));
    assertThat(CommandLine.run(whole.arguments(onDisk)).exitCode()).isZero();
    assertThat(whole.state()).as("in another order than in memory").isNotEqualTo(state);

    CommandLine trained =
        Disturbed.run(
            settings(),
            run.arguments(onDisk),
            running -> {
              running.requireTraining();
              LockSupport.parkNanos(dice.nextLong(LONGEST_PAUSE_NANOS));
              int attempts = SparkEvents.attempts();
              cluster.executors().get(dice.nextInt(2)).destroyForcibly();
              running.require(() -> SparkEvents.attempts() > attempts);
            });

    assertThat(trained.err()).as("seed %d", seed).isEmpty();
    assertThat(trained.exitCode()).as("seed %d", seed).isZero();
    assertThat(run.state()).as("seed %d", seed).isEqualTo(whole.state());
    assertThat(run.lastCheckpoint()).as("seed %d", seed).isEqualTo(whole.lastCheckpoint());
  }

  @Repeated
  void an_executor_that_hangs_is_replaced() throws Exception {
    CommandLine trained =
        Disturbed.run(
            impatient(),
            run.arguments(),
            running -> {
              running.requireTraining();
              ProcessHandle hung = cluster.executors().get(dice.nextInt(2));
              signal("STOP", hung);
              // The worker ends it, when Spark has missed its heartbeats.
              running.await(() -> !hung.isAlive());
            });

    expectUndisturbed(trained);
  }

  @TakesMinutes
  @Repeated
  void an_executor_that_wakes_up_after_the_timeout_disturbs_nobody() throws Exception {
    CommandLine trained =
        Disturbed.run(
            impatient("spark.storage.blockManagerHeartbeatTimeoutMs", "60s"),
            run.arguments(),
            running -> {
              running.requireTraining();
              ProcessHandle asleep = cluster.executors().get(dice.nextInt(2));
              int failed = SparkEvents.failedStages();
              signal("STOP", asleep);
              running.require(() -> SparkEvents.failedStages() > failed);
              signal("CONT", asleep);
            });

    expectUndisturbed(trained);
  }

  @Repeated
  void a_machine_that_hangs_is_done_without() throws Exception {
    CommandLine trained =
        Disturbed.run(
            impatient(),
            run.arguments(),
            running -> {
              running.requireTraining();
              ProcessHandle worker = busyWorker();
              List<ProcessHandle> machine =
                  Stream.concat(Stream.of(worker), worker.children()).toList();
              machine.forEach(process -> signal("STOP", process));
              int failed = SparkEvents.failedStages();
              running.require(() -> SparkEvents.failedStages() > failed);
              running.require(Disturbed::trains);
              machine.forEach(ProcessHandle::destroyForcibly);
              machine.forEach(process -> process.onExit().join());
            });

    expectUndisturbed(trained);
  }

  @Repeated
  void cached_examples_whose_files_are_lost_are_read_again() throws Exception {
    // So little memory for Spark that the examples are cached on disk.
    CommandLine trained =
        Disturbed.run(
            settings("spark.memory.fraction", "0.01"),
            run.arguments(),
            running -> {
              for (int lost = 0; lost < 3; ) {
                running.requireTraining();
                LockSupport.parkNanos(dice.nextLong(LONGEST_PAUSE_NANOS));
                lost += deleteBlocks("rdd_");
              }
              running.require(() -> SparkEvents.failedStages() > 0);
            });

    expectUndisturbed(trained);
  }

  @Repeated
  void shuffled_examples_whose_files_are_lost_are_shuffled_again() throws Exception {
    String digits = RealMnist.folder().resolve("t10k-images-idx3-ubyte").toString();
    String prepare = "prepare --shuffle --shards 40 --from %s --to ".formatted(digits);
    Path undisturbed = folder.resolve("undisturbed");
    assertThat(CommandLine.run((prepare + undisturbed).split(" ")).err()).isEmpty();
    Path disturbed = folder.resolve("disturbed");

    CommandLine prepared =
        Disturbed.run(
            settings(),
            (prepare + disturbed).split(" "),
            running -> {
              // From the first on that is there: all may be read as soon as the last one is.
              running.require(
                  () -> {
                    deleteBlocks("shuffle_");
                    return SparkEvents.failedStages() > 0;
                  });
            });

    assertThat(prepared.err()).isEmpty();
    assertThat(prepared.exitCode()).isZero();
    assertThat(Folder.hashes(disturbed))
        .hasSizeGreaterThan(40)
        .isEqualTo(Folder.hashes(undisturbed));
  }

  @Repeated
  void without_any_executor_left_the_run_ends_with_one_line_and_can_be_resumed() throws Exception {
    CommandLine trained =
        Disturbed.run(
            settings("spark.lockstep.executorTimeout", "20s"),
            run.arguments(),
            running -> {
              running.require(() -> run.lastStep() > 0);
              running.requireTraining();
              // None of them may start an executor in place of another's: that would outlive it.
              List<ProcessHandle> workers = Stream.of(1, 2, 3).map(cluster::worker).toList();
              workers.forEach(worker -> signal("STOP", worker));
              List<ProcessHandle> executors = cluster.executors();
              executors.forEach(ProcessHandle::destroyForcibly);
              workers.forEach(ProcessHandle::destroyForcibly);
              workers.forEach(worker -> worker.onExit().join());
            });

    assertThat(trained.err())
        .isEqualToIgnoringNewLines(
            "lockstep: there has been no executor for 20 seconds (spark.lockstep.executorTimeout): see that"
                + " a worker has 1g and a core free");
    assertThat(trained.exitCode()).isEqualTo(6);
    cluster.start();
    expectUndisturbed(Disturbed.run(settings(), run.arguments("--resume"), resumed -> {}));
  }

  private void expectUndisturbed(CommandLine trained) {
    assertThat(trained.err()).as("seed %d", seed).isEmpty();
    assertThat(trained.exitCode()).as("seed %d", seed).isZero();
    assertThat(run.state()).as("seed %d", seed).isEqualTo(state);
    assertThat(run.lastCheckpoint()).as("seed %d", seed).isEqualTo(checkpoint);
  }

  private static ProcessHandle busyWorker() {
    return cluster.executors().get(0).parent().orElseThrow();
  }

  private static int deleteBlocks(String prefix) {
    List<Path> files =
        Folder.files(shared.resolve("cluster/local"), name -> name.startsWith(prefix));
    return (int) files.stream().filter(file -> file.toFile().delete()).count();
  }

  private static void signal(String name, ProcessHandle process) {
    Output kill =
        Output.of(Map.of(), List.of("sh", "-c", "kill -%s %d".formatted(name, process.pid())));
    assertThat(kill).isEqualTo(new Output(0, "", ""));
  }

  /** Two task slots, and little patience: for processes that hang, which nothing tells of. */
  private static Map<String, String> impatient(String... more) {
    Map<String, String> settings = settings(more);
    settings.put("spark.lockstep.timeout", "4s");
    settings.put("spark.executor.heartbeatInterval", "1s");
    return settings;
  }

  /** Two task slots, both there when training begins. */
  private static Map<String, String> settings(String... more) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "spark.master",
                cluster.master(),
                "spark.driver.host",
                "127.0.0.1",
                "spark.driver.bindAddress",
                "127.0.0.1",
                "spark.cores.max",
                "2",
                "spark.scheduler.minRegisteredResourcesRatio",
                "1.0",
                "spark.executor.extraClassPath",
                Product.JAR.toString(),
                "spark.executor.extraJavaOptions",
                MiniCluster.BRIEF,
                "spark.extraListeners",
                SparkEvents.class.getName()));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }
}
