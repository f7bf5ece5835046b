package dev.lockstep.cli;

import dev.lockstep.cli.ComparisonPlan.Variant;
import dev.lockstep.data.Mnist;
import dev.lockstep.models.Optimizer;
import dev.lockstep.report.ComparisonTable;
import dev.lockstep.report.ComparisonTable.Row;
import dev.lockstep.report.Plots;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.train.Comparison;
import dev.lockstep.tutorial.LinearTutorial;
import dev.lockstep.tutorial.MnistTutorial;
import dev.lockstep.tutorial.Tutorial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
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
      "Each run is one Spark task on one worker, so they go on in parallel. Prints median and"
          + " range of the final loss over seeds, and draws all loss curves."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: lockstep compare nonlinear --optimizers sgd,adam --activations tanh,relu --seeds 5"
    })
final class CompareCommand implements Callable<Integer> {

  /** What can be compared. */
  enum Task {
    LINEAR,
    NONLINEAR,
    MNIST
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "linear|nonlinear|mnist", description = "Which tutorial.")
  private Task task;

  @Option(
      names = "--optimizers",
      split = ",",
      defaultValue = "sgd,adam",
      description = "Default: ${DEFAULT-VALUE}.")
  private List<Optimizer> optimizers;

  @Option(
      names = "--activations",
      split = ",",
      defaultValue = "tanh",
      description = "Of both layers of nonlinear: tanh, sigmoid, relu. Default: ${DEFAULT-VALUE}.")
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
      description = "Where the plot goes. Default: runs/compare-TUTORIAL.")
  private Path to;

  @Override
  public Integer call() {
    if (seeds < 1 || (steps != null && steps < 1)) {
      throw new ParameterException(spec.commandLine(), "--seeds and --steps must be at least 1");
    }
    List<Variant> variants = variants();
    try (JavaSparkContext spark = Sessions.open("compare " + name())) {
      ComparisonPlan plan =
          new ComparisonPlan(
              variants, steps == null ? null : new TrainingLength.Steps(steps), learningRate);
      List<Comparison.Result> results = plan.run(spark);
      report(variants, results);
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
          MnistTutorial mnist = new MnistTutorial(new Mnist(DataFolder.resolve("mnist")));
          add(variants, label, optimizer, seed -> mnist);
        }
        case NONLINEAR -> {
          for (ActivationChoice activation : activations) {
            String name = activation.name().toLowerCase(Locale.ROOT) + " " + label;
            add(variants, name, optimizer, seed -> activation.both(seed));
          }
        }
      }
    }
    return variants;
  }

  private void add(
      List<Variant> variants, String name, Optimizer optimizer, LongFunction<Tutorial> tutorial) {
    for (long seed = 1; seed <= seeds; seed++) {
      variants.add(new Variant(name, tutorial.apply(seed), optimizer, seed));
    }
  }

  private void report(List<Variant> variants, List<Comparison.Result> results) {
    List<Row> rows = new ArrayList<>();
    List<Plots.Curve> curves = new ArrayList<>();
    for (int i = 0; i < variants.size(); i++) {
      Variant variant = variants.get(i);
      Comparison.Result result = results.get(i);
      rows.add(
          new Row(
              variant.name(),
              variant.tutorial().figures(result.state(), result.lastLoss()).get("loss"),
              result.diverged(),
              result.seconds()));
      curves.add(
          new Plots.Curve(variant.name() + " " + variant.seed(), result.steps(), result.losses()));
    }
    spec.commandLine().getOut().print(ComparisonTable.of(rows));
    Path folder = to == null ? Path.of("runs", "compare-" + name()) : to;
    try {
      new Plots(folder).losses(curves);
    } catch (IOException e) {
      throw new UserError("%s: cannot be written: %s".formatted(folder, e.getMessage()));
    }
    spec.commandLine().getOut().println("loss curves in " + folder);
  }
}
