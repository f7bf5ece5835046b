package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.fetch.PublishedData;
import dev.lockstep.models.ModelState;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Master, workers and driver on hosts of their own, whose links are cut while workers train:
 * nothing says goodbye. There is a host more than the training needs.
 */
@ExtendWith(Hosts.Possible.class)
@Needs(PublishedData.MNIST)
@Tag("cluster")
@Tag("alone")
@Timeout(600)
class HostsTest {
  /** So many that the run goes on until the last cut. */
  private static final int STEPS = 60_000;

  private static final long SHORT_CUT_MILLIS = 1000;

  /** What was sent meanwhile is sent again twice as late at most: before the timeout. */
  private static final long LONGEST_SHORT_CUT_NANOS = TimeUnit.SECONDS.toNanos(2);

  @TempDir private static Path shared;
  private static HostsCluster cluster;
  private static ModelState state;
  private static byte[] checkpoint;

  @TempDir private Path folder;

  private final long seed = System.nanoTime();
  private final Random dice = new Random(seed);

  @BeforeAll
  static void start() {
    System.setProperty("spark.master", "local[2]");
    MnistRun undisturbed = new MnistRun(shared.resolve("undisturbed"), STEPS);
    assertThat(CommandLine.run(undisturbed.arguments()).exitCode()).isZero();
    System.clearProperty("spark.master");
    state = undisturbed.state();
    checkpoint = undisturbed.lastCheckpoint();
    cluster = new HostsCluster(shared.resolve("cluster"), 3);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  /** A run that is watched. */
  private final class Watched {
    private final Process process;
    private final AtomicInteger displays = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final CompletableFuture<String> out;
    private final CompletableFuture<String> err;

    Watched(List<String> settings, String... arguments) {
      process = cluster.launch(settings, arguments);
      out =
          CompletableFuture.supplyAsync(
              () -> read(process.inputReader().lines(), "step ", displays));
      err =
          CompletableFuture.supplyAsync(
              () -> read(process.errorReader().lines(), "Lost executor", lost));
    }

    private static String read(
        java.util.stream.Stream<String> lines, String counted, AtomicInteger count) {
      return lines
          .peek(line -> count.addAndGet(line.contains(counted) ? 1 : 0))
          .collect(Collectors.joining("\n"));
    }

    void require(BooleanSupplier condition) {
      while (!condition.getAsBoolean()) {
        assertThat(process.isAlive()).as(() -> "ended first: " + out.join() + err.join()).isTrue();
        Pause.brief();
      }
    }

    /** Waits until it has got on. */
    void requireProgress() {
      int before = displays.get();
      require(() -> displays.get() > before);
    }

    int end() {
      return process.onExit().join().exitValue();
    }
  }

  @Repeated
  void links_that_are_cut_do_not_show() {
    MnistRun run = new MnistRun(folder, STEPS);
    Hosts hosts = cluster.hosts();
    Watched running = new Watched(List.of(), run.arguments("--verbose"));
    running.requireProgress();
    expectOwnAddressesOnly(running);
    int slow = pick();
    boolean limited = hosts.limit(slow, "100mbit");
    running.requireProgress();

    while (!cutShortly(running)) {
      // This machine was too busy to heal it in time.
    }

    int forLong = pick();
    int lost = running.lost.get();
    hosts.cut(forLong);
    running.require(() -> running.lost.get() > lost);
    running.requireProgress();
    hosts.heal(forLong);

    assertThat(running.end()).as(() -> told(running)).isZero();
    if (limited) {
      hosts.unlimit(slow);
    }
    assertThat(run.state()).as(() -> told(running)).isEqualTo(state);
    assertThat(run.lastCheckpoint()).as(() -> told(running)).isEqualTo(checkpoint);
  }

  /**
   * Cuts a link, and heals it before the timeout.
   *
   * @return whether it was that short
   */
  private boolean cutShortly(Watched running) {
    int host = pick();
    int lost = running.lost.get();
    long cutAt = System.nanoTime();
    cluster.hosts().cut(host);
    park(SHORT_CUT_MILLIS);
    cluster.hosts().heal(host);
    boolean isShort = System.nanoTime() - cutAt < LONGEST_SHORT_CUT_NANOS;
    running.requireProgress();
    if (isShort) {
      assertThat(running.lost)
          .as("executors lost by a cut that the timeout outlasts")
          .hasValue(lost);
    }
    return isShort;
  }

  @TakesMinutes
  @Repeated
  void a_driver_that_is_cut_off_ends_with_one_line_and_can_be_resumed() {
    MnistRun run = new MnistRun(folder, STEPS);
    Watched running =
        new Watched(
            List.of("spark.lockstep.executorTimeout=10s", "spark.rpc.askTimeout=5s"),
            run.arguments());
    running.require(() -> run.lastStep() > 0);
    running.requireProgress();

    cluster.hosts().cut(cluster.driverHost());
    int exitCode = running.end();
    cluster.hosts().heal(cluster.driverHost());

    assertThat(exitCode).as(() -> told(running)).isEqualTo(6);
    assertThat(running.err.join())
        .startsWith("lockstep: there has been no executor for 10 seconds")
        .doesNotContain("\n");
    Watched resumed = new Watched(List.of(), run.arguments("--resume"));
    assertThat(resumed.end()).as(() -> told(resumed)).isZero();
    assertThat(run.state()).isEqualTo(state);
    assertThat(run.lastCheckpoint()).isEqualTo(checkpoint);
  }

  /** A host with an executor, after a while. */
  private int pick() {
    park(dice.nextLong(500));
    List<Integer> busy = cluster.busy();
    return busy.get(dice.nextInt(busy.size()));
  }

  private static void park(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  private String told(Watched running) {
    return "seed %d: %s%n%s".formatted(seed, running.out.join(), running.err.join());
  }

  private static void expectOwnAddressesOnly(Watched running) {
    expectListening(running, running.process.toHandle(), cluster.driverHost());
    for (int host : cluster.busy()) {
      cluster.processes(host).forEach(process -> expectListening(running, process, host));
    }
  }

  private static void expectListening(Watched running, ProcessHandle process, int host) {
    running.require(() -> !Listening.of(process).isEmpty());
    assertThat(Listening.of(process))
        .extracting(Listening::address)
        .containsOnly(Hosts.address(host));
  }
}
