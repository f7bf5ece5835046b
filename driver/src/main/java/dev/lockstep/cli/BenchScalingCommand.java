package dev.lockstep.cli;

import dev.lockstep.bench.BenchTask;
import dev.lockstep.bench.ScalingBench;
import dev.lockstep.bench.ScalingBench.Measurement;
import dev.lockstep.bench.ScalingModel;
import dev.lockstep.bench.ScalingModel.Cluster;
import dev.lockstep.bench.ScalingModel.Job;
import dev.lockstep.data.idx.Mnist;
import dev.lockstep.report.Console;
import dev.lockstep.report.Figures;
import dev.lockstep.spark.TaskSlots;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lockstep bench scaling}. */
@Command(
    name = "scaling",
    description = {
      "Measure epochs of MNIST on one to four workers here, and predict those of a cluster.",
      "A round between processes costs alpha + beta·n for each message; cluster/SIZING.md says how"
          + " these were measured, and what follows for the averaging period."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep --master 'local[4]' bench scaling",
      "  lockstep --master 'local[4]' bench scaling --network mlp --period 50 --predict 16,64"
    })
final class BenchScalingCommand implements Callable<Integer> {
  private static final List<Integer> MEASURED = List.of(1, 2, 3, 4);
  private static final double MILLI = 1e-3;
  private static final double MICRO = 1e-6;
  private static final double NANO = 1e-9;

  @Spec private CommandSpec spec;

  @Option(
      names = "--network",
      paramLabel = "softmax|mlp",
      defaultValue = "softmax",
      description = "784→10, or 784-128-10. Default: ${DEFAULT-VALUE}.")
  private BenchTask task;

  @Option(
      names = "--period",
      paramLabel = "N",
      defaultValue = "10",
      description = "Minibatches of a worker between two averages. Default: ${DEFAULT-VALUE}.")
  private int period;

  @Option(
      names = "--predict",
      split = ",",
      paramLabel = "N",
      defaultValue = "8,64,256",
      description = "Numbers of workers. Default: ${DEFAULT-VALUE}.")
  private List<Integer> predicted;

  @Option(
      names = "--slots",
      paramLabel = "N",
      defaultValue = "4",
      description = "Task slots, and cores, of an executor. Default: ${DEFAULT-VALUE}.")
  private int slots;

  @Option(
      names = "--alpha",
      paramLabel = "MICROSECONDS",
      defaultValue = "100",
      description = "What a message costs, however short. Default: ${DEFAULT-VALUE}.")
  private double alpha;

  @Option(
      names = "--beta",
      paramLabel = "NANOSECONDS",
      defaultValue = "4",
      description = "What a float32 in it costs. Default: ${DEFAULT-VALUE}, of 10 Gbit/s.")
  private double beta;

  @Override
  public Integer call() {
    Console console = OutputOptions.console(spec);
    Mnist data = new Mnist(DataFolder.resolve(console, "mnist"));
    try (JavaSparkContext spark = Sessions.open("bench scaling")) {
      Optional<String> obstacle = new TaskSlots(spark).obstacle(Collections.max(MEASURED));
      if (obstacle.isPresent()) {
        throw new UserError(obstacle.get() + ": give --master 'local[4]', also on fewer cores");
      }
      ScalingBench.Setting setting =
          new ScalingBench.Setting(period, 3, 3, alpha * MICRO, beta * NANO);
      ScalingBench bench = new ScalingBench(spark, data, task, setting);
      List<Measurement> measured = bench.measure(MEASURED);
      Job job = bench.job(data.train().count());
      ScalingModel model = bench.fit(measured, job.examples());
      constants(console, model);
      console.heading("%8s  %12s  %12s".formatted("workers", "measured", "model"));
      measured.forEach(
          m -> row(console, m.workers(), m.epochSeconds(), model, bench.here(m.workers()), job));
      predicted.forEach(n -> row(console, n, Double.NaN, model, new Cluster(n, slots, slots), job));
    }
    return ExitCode.OK;
  }

  private static void constants(Console console, ScalingModel model) {
    console.result(
        "constants",
        Map.of(
            "launchSeconds", model.launchSeconds(),
            "stepSeconds", model.stepSeconds(),
            "spread", model.spread(),
            "alphaSeconds", model.alphaSeconds(),
            "betaSeconds", model.betaSeconds(),
            "localSeconds", model.localSeconds()),
        "launch %s ms, step %s ms, spread %s, alpha %s us, beta %s ns, in memory %s ns"
            .formatted(
                Figures.quantity(model.launchSeconds() / MILLI),
                Figures.quantity(model.stepSeconds() / MILLI),
                Figures.quantity(model.spread()),
                Figures.quantity(model.alphaSeconds() / MICRO),
                Figures.quantity(model.betaSeconds() / NANO),
                Figures.quantity(model.localSeconds() / NANO)));
  }

  private static void row(
      Console console, int workers, double measured, ScalingModel model, Cluster at, Job job) {
    double seconds = model.epochSeconds(at, job);
    console.result(
        "epoch",
        Map.of("workers", workers, "measuredSeconds", measured, "modelSeconds", seconds),
        "%8d  %12s  %10.4f s"
            .formatted(
                workers, Double.isNaN(measured) ? "" : "%10.4f s".formatted(measured), seconds));
  }
}
