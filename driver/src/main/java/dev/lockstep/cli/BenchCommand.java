package dev.lockstep.cli;

import dev.lockstep.bench.BenchReport;
import dev.lockstep.bench.BenchSetup;
import dev.lockstep.bench.BenchTask;
import dev.lockstep.bench.Benchmark;
import dev.lockstep.bench.Contenders;
import dev.lockstep.bench.Framework;
import dev.lockstep.bench.StockContenders;
import dev.lockstep.data.FileSystems;
import dev.lockstep.data.idx.Mnist;
import dev.lockstep.models.network.ExampleNetwork;
import dev.lockstep.report.Console;
import dev.lockstep.strategy.StockTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
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
          + " as long as Lockstep each takes for an epoch.",
      "--against dl4j, pytorch or both times the local step alone instead, on one core: the same"
          + " minibatches from the same parameters, in turn, and how many times as many examples"
          + " Lockstep trains; made data, as pictures do not change the time."
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
      "  lockstep bench --against dl4j,pytorch --networks lenet,cifar",
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
      paramLabel = "NAME",
      description = {
        "What Lockstep's default is compared with: lockstep, its other ways to train; dl4j-spark,"
            + " DL4J in one process and its Spark layer; mllib. Default: all three; with --quick"
            + " without mllib.",
        "On one core: dl4j, its fit; pytorch, through DJL, once it is built:"
            + " mvn -P bench-peers -DskipTests package"
      })
  private Set<Framework> against = Set.of();

  @Option(
      names = "--networks",
      split = ",",
      paramLabel = "NAME",
      description =
          "${COMPLETION-CANDIDATES}. Default: softmax,mlp, and over Spark no others; on one core"
              + " all.")
  private List<ExampleNetwork> networks = List.of();

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
    if (against.stream().anyMatch(Framework::isPeer)) {
      timeSteps();
    } else {
      BenchNetworks.each(spec, overSpark(), "bench", this::run);
    }
    return ExitCode.OK;
  }

  private void timeSteps() {
    if (!against.stream().allMatch(Framework::isPeer)) {
      throw new ParameterException(
          spec.commandLine(), "--against: dl4j and pytorch, on one core, or others, over Spark");
    }
    for (String option : List.of("--quick", "--epochs", "--workers")) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new ParameterException(
            spec.commandLine(), "--against dl4j or pytorch is on one core and has no " + option);
      }
    }
    new BenchPeers(OutputOptions.console(spec), against, rounds, to)
        .run(networks.isEmpty() ? List.of(ExampleNetwork.values()) : networks);
  }

  private List<BenchTask> overSpark() {
    if (networks.isEmpty()) {
      return List.of(BenchTask.values());
    }
    return networks.stream()
        .map(
            network ->
                switch (network) {
                  case SOFTMAX -> BenchTask.SOFTMAX;
                  case MLP -> BenchTask.MLP;
                  default ->
                      throw new ParameterException(
                          spec.commandLine(),
                          "--networks %s: over Spark softmax and mlp are timed; others on one core,"
                                  .formatted(network)
                              + " with --against dl4j or pytorch");
                })
        .toList();
  }

  /** Others are timed without it, unless somebody asks for it. */
  private void expectStock(Console console) {
    if (StockContenders.find().isEmpty()) {
      if (against.contains(Framework.DL4J_SPARK)) {
        throw new UserError("--against dl4j-spark: " + StockTrainer.ABSENT);
      }
      if (against.isEmpty()) {
        String line = "not timed: " + StockTrainer.ABSENT;
        console.progress("notice", Map.of("text", line), line);
      }
    }
  }

  private void run(JavaSparkContext spark, Mnist data, BenchTask task) {
    Console console = OutputOptions.console(spec);
    String network = task.name().toLowerCase(Locale.ROOT);
    int replicas = workers == null ? spark.defaultParallelism() : workers;
    Contenders contenders = quick ? Contenders.QUICK : Contenders.FULL;
    expectStock(console);
    try (BenchSetup setup = new BenchSetup(spark, data, task, replicas, epochs)) {
      BenchReport report =
          new BenchReport(
              network,
              Benchmark.run(
                  contenders.contenders(setup, against),
                  setup.examples(),
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
      throw new UserError("%s: cannot be written: %s".formatted(to, FileSystems.message(e)));
    }
  }
}
