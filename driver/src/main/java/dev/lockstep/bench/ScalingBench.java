package dev.lockstep.bench;

import dev.lockstep.bench.ScalingModel.Cluster;
import dev.lockstep.bench.ScalingModel.Job;
import dev.lockstep.data.idx.Mnist;
import dev.lockstep.strategy.WorkerTime;
import dev.lockstep.train.RoundTime;
import dev.lockstep.train.RunResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Measures epochs on few workers in this process, takes the constants of a {@link ScalingModel}
 * from one and two of them, and says by how much it is off on the others.
 */
public final class ScalingBench {
  private static final double NANOS = 1e9;

  private final JavaSparkContext spark;
  private final Mnist data;
  private final BenchTask task;
  private final Setting setting;

  /**
   * How to measure.
   *
   * @param period minibatches between two averages
   * @param epochs of each training
   * @param rounds how often each is timed
   * @param alphaSeconds the fixed cost of a message between processes
   * @param betaSeconds the cost of a value in it
   */
  public record Setting(
      int period, int epochs, int rounds, double alphaSeconds, double betaSeconds) {}

  /**
   * A number of workers, measured.
   *
   * @param epochSeconds the median
   * @param time of the training with that median
   */
  public record Measurement(int workers, double epochSeconds, RoundTime time) {}

  public ScalingBench(JavaSparkContext spark, Mnist data, BenchTask task, Setting setting) {
    this.spark = spark;
    this.data = data;
    this.task = task;
    this.setting = setting;
  }

  /** Measures each number of workers. */
  public List<Measurement> measure(List<Integer> workers) {
    return workers.stream().map(this::measure).toList();
  }

  private Measurement measure(int workers) {
    try (BenchSetup setup = new BenchSetup(spark, data, task, workers, setting.epochs())) {
      LockstepContenders lockstep = new LockstepContenders(setup);
      List<RoundTime> times = new ArrayList<>();
      for (int round = 0; round <= setting.rounds(); round++) {
        RunResult result = lockstep.averaged(setting.period());
        if (round > 0) {
          times.add(result.time());
        }
      }
      times.sort(Comparator.comparingDouble(RoundTime::seconds));
      RoundTime median = times.get(times.size() / 2);
      return new Measurement(workers, median.seconds() / setting.epochs(), median);
    }
  }

  /** What is trained. */
  public Job job(long examples) {
    return new Job(examples, BenchSetup.BATCH, setting.period(), task.network().numParams());
  }

  /**
   * The model whose constants are those of the measurements.
   *
   * @param measurements of one worker first, and of two next
   */
  public ScalingModel fit(List<Measurement> measurements, long examples) {
    RoundTime one = measurements.get(0).time();
    double steps = Math.ceil((double) examples / BenchSetup.BATCH) * setting.epochs();
    RoundTime two = measurements.get(1).time();
    double rounds = Math.ceil(steps / 2 / setting.period());
    double values = task.network().numParams();
    return new ScalingModel(
        two.launch() / setting.epochs(),
        (one.data() + one.compute()) / steps,
        two.waiting() / training(two).average().orElseThrow(),
        setting.alphaSeconds(),
        setting.betaSeconds(),
        two.combine() / rounds / values);
  }

  private static DoubleStream training(RoundTime time) {
    return time.workers().stream().mapToDouble(ScalingBench::seconds);
  }

  private static double seconds(WorkerTime time) {
    return (time.data() + time.compute()) / NANOS;
  }

  /** This process, with so many workers. */
  public Cluster here(int workers) {
    return new Cluster(workers, workers, Runtime.getRuntime().availableProcessors());
  }
}
