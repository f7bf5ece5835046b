package dev.lockstep.run;

import dev.lockstep.data.Normalisation;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.report.Console;
import dev.lockstep.report.EvaluationTable;
import dev.lockstep.report.Figures;
import dev.lockstep.report.History;
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
import dev.lockstep.train.ModelInputs;
import dev.lockstep.train.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** What is left of a run: test result, model, plots. */
public record RunArtifacts(
    JavaSparkContext spark, TrainingTask task, ModelDirectory directory, Console console) {
  /** Which pictures to draw. */
  public enum Pictures {
    NONE,
    ALL
  }

  /** Tests the model, saves it with its configuration and metrics, and draws. */
  public void write(
      NetworkDefinition network,
      RunResult result,
      ModelInputs inputs,
      Map<String, Object> config,
      Reports reports,
      Pictures pictures) {
    Map<String, Object> metrics = metrics(result);
    console.result("trained", metrics, trained(result));
    Optional<Evaluation> test = test(network, result, inputs.normalisation());
    test.ifPresent(
        evaluation -> {
          EvaluationTable.figures(evaluation)
              .forEach((name, value) -> metrics.put(testName(name), value));
          console.result(
              "tested",
              EvaluationTable.figures(evaluation),
              "test " + EvaluationTable.line(evaluation));
        });
    Path file = directory.save(network, result.state(), config, metrics, inputs);
    console.result("saved", Map.of("file", file.toString()), "saved " + file);
    RunEnd end =
        new RunEnd(result, metrics, task.fit(result.state()), test.flatMap(this::classifierTest));
    if (pictures == Pictures.ALL) {
      draw(end, reports.history());
    }
    reports.finished(end);
    reports
        .report()
        .ifPresent(
            report ->
                console.result(
                    "reported", Map.of("file", report.toString()), "report in " + report));
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

  private static String testName(String figure) {
    return "test" + figure.substring(0, 1).toUpperCase(Locale.ROOT) + figure.substring(1);
  }

  private Optional<RunEnd.Test> classifierTest(Evaluation test) {
    return test instanceof Classification found
        ? Optional.of(
            new RunEnd.Test(
                found.confusion(),
                new WronglyRead(spark, task.test().orElseThrow()).sheet(found.mistakes())))
        : Optional.empty();
  }

  private Optional<Evaluation> test(
      NetworkDefinition network, RunResult result, Normalisation normalisation) {
    return task.test()
        .map(
            data -> {
              try (Shards shards = LeftOut.load(console, spark, data, normalisation)) {
                return DistributedEvaluation.of(spark, shards, network, result.state());
              }
            });
  }

  private void draw(RunEnd end, History history) {
    Path folder = directory.folder().resolve("plots");
    Plots plots = new Plots(folder);
    try {
      plots.history(history);
      if (end.fit().isPresent()) {
        plots.fit(end.fit().get());
      }
      if (end.test().isPresent()) {
        plots.confusion(end.test().get().confusion());
        if (!end.test().get().mistakes().thumbnails().isEmpty()) {
          plots.mistakes(end.test().get().mistakes());
        }
      }
      console.result("plotted", Map.of("folder", folder.toString()), "plots in " + folder);
    } catch (IOException e) {
      throw new RunError("%s: cannot be written: %s".formatted(folder, e.getMessage()));
    }
  }
}
