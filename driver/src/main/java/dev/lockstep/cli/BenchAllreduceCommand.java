package dev.lockstep.cli;

import dev.lockstep.bench.AllreduceBench;
import dev.lockstep.bench.AllreduceBench.Timing;
import dev.lockstep.report.Console;
import dev.lockstep.report.Figures;
import dev.lockstep.spark.TaskSlots;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lockstep bench allreduce}. */
@Command(
    name = "allreduce",
    description = {
      "Time the rounds in which workers combine what they learnt: the allreduce of a vector of"
          + " parameters, inside one running stage, without the training.",
      "Workers of one executor meet in shared memory, others over the network: in local mode the"
          + " first is measured, on a cluster whatever the placing of the workers makes of it."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep --master 'local[2]' bench allreduce",
      "  lockstep --master spark://host:7077 --spark-conf spark.executor.cores=1 bench allreduce"
    })
final class BenchAllreduceCommand implements Callable<Integer> {
  private static final double NANOS_A_MILLI = 1e6;

  @Spec private CommandSpec spec;

  @Option(
      names = "--floats",
      split = ",",
      paramLabel = "N",
      defaultValue = "7850,1000000",
      description = "Lengths of vectors. Default: ${DEFAULT-VALUE}, MNIST's softmax and a million.")
  private List<Integer> floats;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many meet, each in a task slot of its own. Default: ${DEFAULT-VALUE}.")
  private int workers;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Of each length; the first half is not counted. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Override
  public Integer call() {
    if (workers < 1 || rounds < 1 || floats.stream().anyMatch(length -> length < 1)) {
      throw new ParameterException(
          spec.commandLine(), "--floats, --workers and --rounds must be at least 1");
    }
    Console console = OutputOptions.console(spec);
    try (JavaSparkContext spark = Sessions.open("bench allreduce")) {
      Preflight.expect(spark, List.of());
      Optional<String> obstacle = new TaskSlots(spark).obstacle(workers);
      if (obstacle.isPresent()) {
        throw new UserError(obstacle.get() + ": give fewer --workers, or more cores");
      }
      console.heading(
          "%10s  %8s  %9s  %15s".formatted("floats", "workers", "executors", "median round"));
      AllreduceBench bench = new AllreduceBench(spark, workers, rounds);
      floats.forEach(length -> tell(console, bench.time(length)));
    }
    return ExitCode.OK;
  }

  private void tell(Console console, Timing timing) {
    double millis = timing.medianNanos() / NANOS_A_MILLI;
    console.result(
        "allreduce",
        Map.of(
            "floats",
            timing.floats(),
            "workers",
            workers,
            "executors",
            timing.executors(),
            "medianMillis",
            millis),
        "%10s  %8d  %9d  %12s ms"
            .formatted(
                Figures.count(timing.floats()),
                workers,
                timing.executors(),
                Figures.proportion(millis)));
  }
}
