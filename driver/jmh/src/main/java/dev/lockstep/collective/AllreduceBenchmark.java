package dev.lockstep.collective;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A round of two members in one process, each in a thread: what both wait for. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AllreduceBenchmark {
  private static final Placement TWO_THREADS = new Placement(0, 0);
  private static final double WEIGHT = 64;

  @Param({"7850", "1000000"})
  public int values;

  private final GroupId id = new GroupId(UUID.randomUUID(), 0);
  private final Groups groups = new Groups();
  private final double[] note = new double[5];
  private float[] vector;
  private Member own;
  private Thread other;

  /** The other member takes part in as many rounds as the one that is timed. */
  @Setup
  public void meet() throws InterruptedException {
    vector = new float[values];
    CountDownLatch joined = new CountDownLatch(2);
    other =
        new Thread(
            () -> {
              try (Member member = join(1, joined)) {
                float[] vector = new float[values];
                double[] note = new double[5];
                while (true) {
                  member.combine(Reduction.MEAN, WEIGHT, note, vector);
                }
              } catch (CollectiveException | InterruptedException e) {
                // The one that is timed has ended.
              }
            });
    other.start();
    own = join(0, joined);
  }

  private Member join(int rank, CountDownLatch joined) throws InterruptedException {
    Patience patience = new Patience(Duration.ofSeconds(20), () -> false);
    Member member = groups.join(id, TWO_THREADS, 0, rank, values, patience);
    joined.countDown();
    joined.await();
    member.meet((group, index) -> List.of());
    return member;
  }

  /** One round. */
  @Benchmark
  public double[][] combine() {
    return own.combine(Reduction.MEAN, WEIGHT, note, vector);
  }

  @TearDown
  public void part() throws InterruptedException {
    own.fail(new IllegalStateException("the benchmark has ended"));
    own.close();
    other.join();
  }
}
