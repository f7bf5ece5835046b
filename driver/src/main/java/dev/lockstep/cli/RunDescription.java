package dev.lockstep.cli;

import dev.lockstep.models.TrainerFactory;
import dev.lockstep.models.network.NetworkOutline;
import dev.lockstep.report.ContactSheet;
import dev.lockstep.report.Environment;
import dev.lockstep.report.Figures;
import dev.lockstep.report.RunSubject;
import dev.lockstep.spark.SparkVersion;
import dev.lockstep.strategy.LearningRates;
import dev.lockstep.strategy.Schedule;
import dev.lockstep.strategy.TrainingJob;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.strategy.WeightsAverage;
import dev.lockstep.task.Start;
import dev.lockstep.task.TrainingTask;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;

/** A run in words, once all is resolved that was left open. */
record RunDescription(
    TrainingTask task,
    TrainingOptions options,
    Optional<ValidationOptions> validation,
    Start start,
    TrainingJob job) {

  /** What determines the trained parameters, to the bit. */
  Map<String, Object> config() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("task", task.name());
    config.putAll(new TreeMap<>(task.settings()));
    config.put("workers", job.schedule().workers());
    config.put("batchSize", minibatch());
    config.putAll(options.strategy.config());
    config.put("optimizer", start.optimizer());
    config.put("localStep", options.localStep.name().toLowerCase(Locale.ROOT));
    start.learningRate().ifPresent(rate -> config.put("learningRate", rate));
    if (!job.rates().equals(LearningRates.CONSTANT)) {
      config.put("learningRates", job.rates().toString());
    }
    if (options.clipping != null) {
      config.put("gradientClipping", options.clipping.toString());
    }
    if (options.accumulate > 1) {
      config.put("accumulate", options.accumulate);
    }
    if (!job.weights().equals(WeightsAverage.NONE)) {
      config.put("weightsAverage", job.weights().toString());
    }
    TrainingLength length = options.length().orElse(task.length());
    if (length instanceof TrainingLength.Epochs epochs) {
      config.put("epochs", epochs.epochs());
    } else if (length instanceof TrainingLength.Steps steps) {
      config.put("steps", steps.steps());
    }
    config.put("seed", options.seed);
    validation.ifPresent(given -> config.putAll(given.config(task.training().schema())));
    return config;
  }

  /** In one line. */
  String headline() {
    Schedule schedule = job.schedule();
    return "%s: %s examples, %s parameters, %s, minibatch %s, %s, %s, %s steps, seed %d, %s step, Spark %s"
        .formatted(
            task.name(),
            Figures.count(schedule.examples()),
            Figures.count(start.state().parameters().length),
            workers(schedule.workers()),
            minibatches(),
            options.strategy.describe(),
            updates(),
            Figures.count(schedule.steps(schedule.slots())),
            options.seed,
            localStep(),
            SparkVersion.spark());
  }

  private String updates() {
    StringBuilder words = new StringBuilder(start.updates());
    if (!job.rates().equals(LearningRates.CONSTANT)) {
      words.append(' ').append(job.rates());
    }
    if (options.clipping != null) {
      words.append(", clipping ").append(options.clipping);
    }
    if (!job.weights().equals(WeightsAverage.NONE)) {
      words.append(", weights average ").append(job.weights());
    }
    return words.toString();
  }

  private int minibatch() {
    return options.minibatch(job.schedule().workers());
  }

  private String minibatches() {
    return options.accumulate == 1
        ? String.valueOf(minibatch())
        : "%d of %d".formatted(options.accumulate, minibatch());
  }

  private static String workers(int count) {
    return count == 1 ? "1 worker" : count + " workers";
  }

  private String localStep() {
    return localStep(job.trainers());
  }

  /** What computes a minibatch, and, where it is DL4J, which layer is the reason. */
  static String localStep(TrainerFactory trainers) {
    String name = trainers.step().name().toLowerCase(Locale.ROOT);
    return trainers.reason().map(reason -> "%s (%s)".formatted(name, reason)).orElse(name);
  }

  /** For those who keep records of it. */
  RunSubject subject(JavaSparkContext spark, ContactSheet augmented) {
    Map<String, String> environment = Environment.of(spark);
    environment.put("local step", localStep());
    return new RunSubject(
        task.name(),
        headline(),
        NetworkOutline.of(start.network()),
        task.training().schema(),
        config(),
        environment,
        augmented,
        task::figures);
  }
}
