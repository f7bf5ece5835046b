package dev.lockstep.cli;

import dev.lockstep.bench.BenchSetup;
import dev.lockstep.bench.BenchTask;
import dev.lockstep.bench.ReportingBench;
import dev.lockstep.bench.ReportingBench.Cost;
import dev.lockstep.data.idx.Mnist;
import dev.lockstep.report.Console;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lockstep bench reporting}. */
@Command(
    name = "reporting",
    description = {
      "Measure what progress, TensorBoard, metrics and report cost together.",
      "Trains MNIST with all of them and without, in turn. Shown are medians: of both times, of"
          + " the ratio of a pair, and of the share of a training that was spent reporting. Let"
          + " nothing else run meanwhile."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: lockstep bench reporting --networks softmax --pairs 25"})
final class BenchReportingCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private BenchNetworks networks;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      defaultValue = "15",
      description = "How often it is trained with and without. Default: ${DEFAULT-VALUE}.")
  private int pairs;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "12",
      description =
          "Passes over the data in each training. Default: ${DEFAULT-VALUE}, the tutorial's.")
  private int epochs;

  @Override
  public Integer call() {
    if (pairs < 1 || epochs < 1) {
      throw new ParameterException(spec.commandLine(), "--pairs and --epochs must be at least 1");
    }
    networks.each("bench reporting", this::measure);
    return ExitCode.OK;
  }

  private void measure(JavaSparkContext spark, Mnist data, BenchTask task) {
    Console console = OutputOptions.console(spec);
    String network = task.name().toLowerCase(Locale.ROOT);
    try (BenchSetup setup = new BenchSetup(spark, data, task, spark.defaultParallelism(), epochs)) {
      Cost cost =
          new ReportingBench(setup)
              .measure(
                  pairs,
                  line -> console.progress("pair", Map.of("network", network, "text", line), line));
      console.result(
          "cost",
          Map.of(
              "network", network,
              "bareSeconds", cost.bareSeconds(),
              "watchedSeconds", cost.watchedSeconds(),
              "ratio", cost.ratio(),
              "share", cost.share()),
          String.format(
              Locale.ROOT,
              "%s: %.3f s without, %.3f s with reporting, %.3f times as long; reporting took %.1f %%",
              network,
              cost.bareSeconds(),
              cost.watchedSeconds(),
              cost.ratio(),
              100 * cost.share()));
    }
  }
}
