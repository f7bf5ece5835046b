package dev.lockstep.cli;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.Normalisation;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Values;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.report.Console;
import dev.lockstep.report.ContactSheet;
import dev.lockstep.report.ContactSheet.Thumbnail;
import dev.lockstep.report.EvaluationTable;
import dev.lockstep.report.Figures;
import dev.lockstep.report.History;
import dev.lockstep.report.Plots;
import dev.lockstep.report.RunEnd;
import dev.lockstep.report.TimeSplit;
import dev.lockstep.strategy.Shards;
import dev.lockstep.task.ModelInputs;
import dev.lockstep.task.TrainingTask;
import dev.lockstep.train.DistributedEvaluation;
import dev.lockstep.train.Evaluation;
import dev.lockstep.train.Evaluation.Classification;
import dev.lockstep.train.Prediction;
import dev.lockstep.train.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;

/** What is left of a run: test result, model, plots. */
record RunArtifacts(
    JavaSparkContext spark, TrainingTask task, ModelDirectory directory, Console console) {
  private static final int MISTAKES_SHOWN = 50;

  /** Which pictures to draw. */
  enum Pictures {
    NONE,
    ALL
  }

  /** Tests the model, saves it with its configuration and metrics, and draws. */
  void write(
      NetworkDefinition network,
      RunResult result,
      ModelInputs inputs,
      Map<String, Object> config,
      History history,
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
      draw(end, history);
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
        ? Optional.of(new RunEnd.Test(found.confusion(), contactSheet(found.mistakes())))
        : Optional.empty();
  }

  private Optional<Evaluation> test(
      NetworkDefinition network, RunResult result, Normalisation normalisation) {
    return task.test()
        .map(
            data -> {
              try (Shards shards =
                  Shards.load(spark, data, spark.defaultParallelism(), normalisation)) {
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
      throw new UserError("%s: cannot be written: %s".formatted(folder, e.getMessage()));
    }
  }

  /** Some of what was read wrongly, if it is grey pictures. */
  private ContactSheet contactSheet(List<Prediction> mistakes) {
    Schema schema = task.test().orElseThrow().schema();
    return schema.featureType() == Schema.FeatureType.UINT8 && schema.featureShape().size() == 2
        ? pictures(mistakes)
        : new ContactSheet(List.of());
  }

  private ContactSheet pictures(List<Prediction> mistakes) {
    Map<Long, Prediction> shown =
        mistakes.stream()
            .limit(MISTAKES_SHOWN)
            .collect(Collectors.toMap(Prediction::id, Function.identity()));
    DataSource data = task.test().orElseThrow();
    List<Integer> shape = data.schema().featureShape();
    List<String> names = data.schema().classNames();
    List<Long> ids = List.copyOf(shown.keySet());
    return new ContactSheet(
        data
            .load(spark, spark.defaultParallelism())
            .filter(example -> ids.contains(example.id()))
            .collect()
            .stream()
            .map(
                example -> {
                  Prediction prediction = shown.get(example.id());
                  byte[] pixels = ((Values.Bytes) example.features()).values();
                  String caption =
                      names.get(prediction.label()) + " as " + names.get(prediction.predicted());
                  return new Thumbnail(pixels, shape.get(1), shape.get(0), caption);
                })
            .toList());
  }
}
