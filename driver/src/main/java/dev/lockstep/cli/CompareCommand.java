package dev.lockstep.cli;

import dev.lockstep.cli.ComparedTrainings.Variant;
import dev.lockstep.data.FileSystems;
import dev.lockstep.data.idx.Mnist;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.report.ComparedRun;
import dev.lockstep.report.ComparisonTable;
import dev.lockstep.report.Console;
import dev.lockstep.report.Environment;
import dev.lockstep.report.Plots;
import dev.lockstep.report.html.ComparisonReport;
import dev.lockstep.report.tensorboard.ComparisonEvents;
import dev.lockstep.study.StudyFolder;
import dev.lockstep.tutorial.LinearTutorial;
import dev.lockstep.tutorial.MnistTutorial;
import dev.lockstep.tutorial.Tutorial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lockstep compare}. */
@Command(
    name = "compare",
    description = {
      "Train a tutorial in all combinations of optimizer, activation and seed.",
      "Each run is one Spark task on one worker, so they go on in parallel. What is trained is kept"
          + " in --out, and not trained again: a comparison that was interrupted goes on where it was,"
          + " and one with more values trains the rest. Prints median and range of the final loss over"
          + " seeds, and draws all loss curves."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: lockstep compare nonlinear --optimizers sgd,adam --activations tanh,relu --seeds 5"
    })
final class CompareCommand implements Callable<Integer> {

  /** What can be compared. */
  enum ComparedTask {
    LINEAR,
    NONLINEAR,
    MNIST
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "linear|nonlinear|mnist", description = "Which tutorial.")
  private ComparedTask task;

  @Option(
      names = "--optimizers",
      split = ",",
      defaultValue = "sgd,adam",
      description = "Default: ${DEFAULT-VALUE}.")
  private List<Optimizer> optimizers;

  @Option(
      names = "--activations",
      split = ",",
      description = "Of both layers of nonlinear: tanh, sigmoid, relu. Default: tanh.")
  private List<ActivationChoice> activations;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Seeds 1 to N. Default: ${DEFAULT-VALUE}.")
  private int seeds;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Minibatches of each run. Default: the tutorial's length.")
  private Long steps;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description = "Default: the tutorial's for each optimizer.")
  private Double learningRate;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where results and plots are kept. Default: runs/compare-TUTORIAL.")
  private Path to;

  @Mixin private ReportOptions reports;

  @Override
  public Integer call() {
    if (seeds < 1 || (steps != null && steps < 1)) {
      throw new ParameterException(spec.commandLine(), "--seeds and --steps must be at least 1");
    }
    if (activations != null && task != ComparedTask.NONLINEAR) {
      throw new ParameterException(
          spec.commandLine(), "--activations is for nonlinear, not for " + name());
    }
    List<Variant> variants = variants();
    StudyFolder<ComparedRun> folder =
        StudyRunner.folder(
            to == null ? Path.of("runs", "compare-" + name()) : to, ComparedRun.class);
    try (JavaSparkContext spark = Sessions.open("compare " + name())) {
      Console console = OutputOptions.console(spec);
      StudyRunner<ComparedRun> runner = new StudyRunner<>(spark, console, folder);
      List<ComparedRun> runs;
      try (ComparedTrainings trainings = new ComparedTrainings(spark, steps, learningRate)) {
        runs = runner.run(variants, trainings::prepared);
      }
      console.result("compared", Map.of("runs", runs), ComparisonTable.of(runs).stripTrailing());
      runner.save(runs);
      report(console, folder.folder(), runs, Environment.of(spark));
    }
    return ExitCode.OK;
  }

  private String name() {
    return task.name().toLowerCase(Locale.ROOT);
  }

  private List<Variant> variants() {
    List<Variant> variants = new ArrayList<>();
    for (Optimizer optimizer : optimizers) {
      String label = optimizer.name().toLowerCase(Locale.ROOT);
      switch (task) {
        case LINEAR -> add(variants, label, optimizer, seed -> new LinearTutorial());
        case MNIST -> {
          MnistTutorial mnist =
              new MnistTutorial(
                  new Mnist(DataFolder.resolve(OutputOptions.console(spec), "mnist")));
          add(variants, label, optimizer, seed -> mnist);
        }
        case NONLINEAR -> {
          for (ActivationChoice activation : activations()) {
            String name = activation.name().toLowerCase(Locale.ROOT) + " " + label;
            add(variants, name, optimizer, seed -> activation.both(seed));
          }
        }
      }
    }
    return variants;
  }

  private List<ActivationChoice> activations() {
    return activations == null ? List.of(ActivationChoice.TANH) : activations;
  }

  private void add(
      List<Variant> variants, String name, Optimizer optimizer, LongFunction<Tutorial> tutorial) {
    for (long seed = 1; seed <= seeds; seed++) {
      variants.add(new Variant(name, tutorial.apply(seed), optimizer, seed));
    }
  }

  private void report(
      Console console, Path folder, List<ComparedRun> runs, Map<String, String> environment) {
    try {
      new Plots(folder)
          .losses(
              runs.stream()
                  .map(r -> new Plots.Curve(r.kind() + " " + r.seed(), r.steps(), r.losses()))
                  .toList());
      console.result("plotted", Map.of("folder", folder.toString()), "loss curves in " + folder);
      if (reports.logdir().isPresent()) {
        new ComparisonEvents(reports.logdir().get().resolve("compare-" + name())).write(runs);
      }
      if (reports.report(folder).isPresent()) {
        Path report = reports.report(folder).get();
        new ComparisonReport("compare " + name(), runs).save(report, environment);
        console.result("reported", Map.of("file", report.toString()), "report in " + report);
      }
    } catch (IOException e) {
      throw new UserError("%s: cannot be written: %s".formatted(folder, FileSystems.message(e)));
    }
  }
}
