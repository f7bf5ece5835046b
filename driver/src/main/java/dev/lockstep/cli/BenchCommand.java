package dev.lockstep.cli;

import dev.lockstep.bench.Arena;
import dev.lockstep.bench.BenchTask;
import dev.lockstep.bench.Benchmark;
import dev.lockstep.bench.Field;
import dev.lockstep.bench.Rival;
import dev.lockstep.data.idx.Mnist;
import dev.lockstep.report.BenchReport;
import dev.lockstep.report.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lockstep bench}. */
@Command(
    name = "bench",
    description = {
      "Time training on MNIST against DL4J in one process, DL4J's Spark layer and Spark's MLlib.",
      "All train the same examples from memory, in turn; the medians are shown, and how many times"
          + " as long as Lockstep each takes for an epoch."
    },
    mixinStandardHelpOptions = true,
    subcommands = {
      BenchPredictCommand.class,
      BenchReportingCommand.class,
      BenchScalingCommand.class,
      BenchAllreduceCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  lockstep bench --quick                 a minute: the most important ones",
      "  lockstep --heap 4g bench               about a quarter of an hour: all of them",
      "  lockstep bench --against mllib         Spark's own learners beside Lockstep",
      "  lockstep bench predict                 prediction of picture files instead",
      "  lockstep bench reporting               what progress, TensorBoard and report cost",
      "  lockstep bench scaling --help          a model of clusters, fitted to this machine",
      "  lockstep bench allreduce               how long workers take to combine what they learnt",
    })
final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--quick", description = "Fewer contenders.")
  private boolean quick;

  @Option(
      names = "--against",
      split = ",",
      paramLabel = "lockstep|dl4j|mllib",
      description =
          "What Lockstep's default is compared with: its other ways to train, DL4J, MLlib."
              + " Default: all; with --quick without mllib.")
  private Set<Rival> against = Set.of();

  @Mixin private BenchNetworks networks;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "How often each is timed. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "3",
      description = "Passes over the data in each training. Default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Replicas trained in parallel. Default: as many as Spark has cores.")
  private Integer workers;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "runs/bench",
      description = "Where JSON and plots go. Default: ${DEFAULT-VALUE}.")
  private Path to;

  @Override
  public Integer call() {
    if (rounds < 1 || epochs < 1 || (workers != null && workers < 1)) {
      throw new ParameterException(
          spec.commandLine(), "--rounds, --epochs and --workers must be at least 1");
    }
    networks.each("bench", this::run);
    return ExitCode.OK;
  }

  private void run(JavaSparkContext spark, Mnist data, BenchTask task) {
    Console console = OutputOptions.console(spec);
    String network = task.name().toLowerCase(Locale.ROOT);
    int replicas = workers == null ? spark.defaultParallelism() : workers;
    Field field = quick ? Field.QUICK : Field.FULL;
    try (Arena arena = new Arena(spark, data, task, replicas, epochs)) {
      BenchReport report =
          new BenchReport(
              network,
              Benchmark.run(
                  field.contenders(arena, against),
                  arena.examples(),
                  rounds,
                  line ->
                      console.progress("trial", Map.of("network", network, "text", line), line)));
      console.result(
          "benchmark",
          Map.of("network", network, "results", report.results()),
          report.table().stripTrailing());
      report.save(to);
      console.result("saved", Map.of("folder", to.toString()), "saved in " + to);
    } catch (IOException e) {
      throw new UserError("%s: cannot be written: %s".formatted(to, e.getMessage()));
    }
  }
}
