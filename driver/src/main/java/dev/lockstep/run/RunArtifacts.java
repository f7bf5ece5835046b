package dev.lockstep.run;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.Normalisation;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.report.Console;
import dev.lockstep.report.EvaluationTable;
import dev.lockstep.report.Figures;
import dev.lockstep.report.LeftOut;
import dev.lockstep.report.Plots;
import dev.lockstep.report.RunEnd;
import dev.lockstep.report.TimeSplit;
import dev.lockstep.report.WronglyRead;
import dev.lockstep.strategy.Shards;
import dev.lockstep.task.TrainingTask;
import dev.lockstep.train.DistributedEvaluation;
import dev.lockstep.train.Evaluation;
import dev.lockstep.train.Evaluation.Classification;
import dev.lockstep.train.Evaluation.MultiLabel;
import dev.lockstep.train.ModelInputs;
import dev.lockstep.train.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;

/** What is left of a run: test result, model, plots. */
public record RunArtifacts(
    JavaSparkContext spark, TrainingTask task, ModelDirectory directory, Console console) {
  /** Which pictures to draw. */
  public enum Pictures {
    NONE,
    ALL
  }

  /**
   * Saves the model with its configuration and metrics, tests it, and draws; that beside the rest,
   * as loading what draws takes longer than drawing.
   *
   * @param dataHash of what was trained, if it is known
   */
  public void write(
      NetworkDefinition network,
      RunResult result,
      Optional<String> dataHash,
      ModelInputs inputs,
      Map<String, Object> config,
      Reports reports,
      Pictures pictures) {
    Map<String, Object> metrics = metrics(result);
    dataHash.ifPresent(hash -> metrics.put("dataHash", hash));
    console.result("trained", metrics, trained(result));
    CompletableFuture<Void> curves = drawing(pictures, plots -> plots.history(reports.history()));
    ModelState state = result.state().withoutAveraged();
    Optional<ModelState> average = result.state().averagedModel();
    // Before it is tested: whatever comes of that, what was trained is there.
    String file = directory.save(network, state, config, metrics, inputs);
    List<Evaluation> tests =
        test(
            network,
            Stream.concat(Stream.of(state), average.stream()).toList(),
            inputs.normalisation());
    Optional<Evaluation> test = tests.stream().findFirst();
    test.ifPresent(evaluation -> tell("tested", "test ", "test", evaluation, metrics));
    tests.stream()
        .skip(1)
        .forEach(
            evaluation ->
                tell(
                    "averageTested",
                    "averaged weights: test ",
                    "averageTest",
                    evaluation,
                    metrics));
    if (!tests.isEmpty()) {
      directory.save(network, state, config, metrics, inputs);
    }
    console.result("saved", Map.of("file", file), "saved " + file);
    average.ifPresent(
        model -> {
          String beside = directory.saveAverage(network, model, inputs);
          console.result("saved", Map.of("file", beside), "saved " + beside);
        });
    RunEnd end =
        new RunEnd(
            result,
            metrics,
            task.fit(result.state()),
            test.flatMap(this::classifierTest),
            test.flatMap(evaluation -> labelsTest(evaluation, inputs)));
    CompletableFuture<Void> others = drawing(pictures, plots -> draw(plots, end));
    reports.finished(end);
    finish(curves);
    finish(others);
    if (pictures == Pictures.ALL) {
      String folder = directory.name(plots());
      console.result("plotted", Map.of("folder", folder), "plots in " + folder);
    }
    reports
        .report()
        .ifPresent(
            report -> {
              String name = directory.name(report);
              console.result("reported", Map.of("file", name), "report in " + name);
            });
  }

  private void tell(
      String event, String words, String name, Evaluation evaluation, Map<String, Object> metrics) {
    Map<String, Object> figures = new LinkedHashMap<>(EvaluationTable.figures(evaluation));
    figures.forEach((figure, value) -> metrics.put(camel(name, figure), value));
    console.result(event, figures, words + EvaluationTable.line(evaluation));
  }

  private Map<String, Object> metrics(RunResult result) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("steps", result.steps());
    metrics.put("epochs", result.epochs());
    metrics.put("seconds", result.seconds());
    metrics.put("secondsOf", TimeSplit.seconds(result.time()));
    metrics.putAll(task.figures(result.state(), result.loss()));
    return metrics;
  }

  private static String trained(RunResult result) {
    double pace = result.examples() / Math.max(result.seconds(), 1e-9);
    return "trained %s examples in %.1f s (%s examples/s)%n%s"
        .formatted(
            Figures.count(result.examples()),
            result.seconds(),
            Figures.count(Math.round(pace)),
            TimeSplit.line(result.time()));
  }

  private static String camel(String name, String figure) {
    return name + figure.substring(0, 1).toUpperCase(Locale.ROOT) + figure.substring(1);
  }

  private Optional<RunEnd.Test> classifierTest(Evaluation test) {
    return test instanceof Classification found
        ? Optional.of(
            new RunEnd.Test(
                found.confusion(),
                new WronglyRead(spark, task.test().orElseThrow()).sheet(found.mistakes())))
        : Optional.empty();
  }

  private static Optional<RunEnd.Labels> labelsTest(Evaluation test, ModelInputs inputs) {
    return test instanceof MultiLabel found
        ? Optional.of(
            new RunEnd.Labels(found.labels(), inputs.labelNames(found.labels().labels().size())))
        : Optional.empty();
  }

  /** Of each model, in their order; none where there is nothing to test on. */
  private List<Evaluation> test(
      NetworkDefinition network, List<ModelState> models, Normalisation normalisation) {
    if (task.test().isEmpty()) {
      return List.of();
    }
    DataSource data = task.test().get();
    try (Shards shards = LeftOut.load(console, spark, data, normalisation)) {
      return models.stream()
          .map(
              model ->
                  DistributedEvaluation.of(spark, shards, data.preprocessing(), network, model))
          .toList();
    }
  }

  private interface Drawing {
    void on(Plots plots) throws IOException;
  }

  private CompletableFuture<Void> drawing(Pictures pictures, Drawing drawing) {
    return pictures == Pictures.NONE
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.runAsync(
            () -> {
              try {
                drawing.on(new Plots(plots()));
              } catch (IOException e) {
                throw new RunError("%s: cannot be written: %s".formatted(plots(), e.getMessage()));
              }
            });
  }

  private static void finish(CompletableFuture<Void> drawing) {
    try {
      drawing.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private Path plots() {
    return directory.folder().resolve("plots");
  }

  private static void draw(Plots plots, RunEnd end) throws IOException {
    if (end.fit().isPresent()) {
      plots.fit(end.fit().get());
    }
    if (end.test().isPresent()) {
      plots.confusion(end.test().get().confusion());
      if (!end.test().get().mistakes().thumbnails().isEmpty()) {
        plots.mistakes(end.test().get().mistakes());
      }
    }
  }
}
