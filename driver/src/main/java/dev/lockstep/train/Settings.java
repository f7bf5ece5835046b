package dev.lockstep.train;

import dev.lockstep.data.NormalisationMethod;
import dev.lockstep.data.Schema;
import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.TrainerFactory;
import dev.lockstep.models.dl4j.Dl4jTrainerFactory;
import dev.lockstep.models.dl4j.StepObserver;
import dev.lockstep.strategy.Schedule;
import dev.lockstep.strategy.TrainingJob;
import dev.lockstep.strategy.TrainingLength;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What settings of a {@link Training} may be, and which of them determine its result. */
final class Settings {
  private Settings() {}

  static int atLeastOne(String setting, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(setting + " must be at least 1, not " + value);
    }
    return value;
  }

  /**
   * Complains about what is missing, or does not go together.
   *
   * @throws IllegalArgumentException naming the settings
   */
  static void check(Training training) {
    expect(training.data != null, "there is nothing to train on: set data");
    training.workers.ifPresent(training.strategy::expectWorkers);
    expect(
        training.stopping.isEmpty() || training.validation.isPresent(),
        "early stopping looks at validation data: set validate");
    expect(
        !training.resumes || training.checkpoints.isPresent(),
        "to resume a run needs its checkpoints: set checkpoints");
  }

  private static void expect(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /**
   * What makes a run's trainers.
   *
   * @param layout where the network's arrays are in an example, unless as the schema says
   */
  static TrainerFactory trainers(Training training, Schema schema, Optional<ExampleLayout> layout) {
    LocalStep step = training.strategy.localStep(training.localStep);
    if (training.stepObserver != StepObserver.NONE) {
      return new Dl4jTrainerFactory(
          training.network,
          layout.orElseGet(() -> ExampleLayout.of(schema.labelLength(), schema.shape())),
          training.stepObserver);
    }
    return layout.isPresent()
        ? LocalTrainers.factory(training.network, step, layout.get())
        : LocalTrainers.factory(training.network, step, schema.labelLength(), schema.shape());
  }

  /**
   * What every worker of a run knows.
   *
   * @param sizes how many examples each has
   */
  static TrainingJob job(Training training, TrainerFactory trainers, int... sizes) {
    return new TrainingJob(
        training.id,
        trainers,
        new Schedule(sizes, training.minibatch, training.epochEnd, training.length),
        training.ordering,
        training.seed);
  }

  static LossScale lossScale(Training training) {
    return training.lossScale.orElseGet(() -> LossScale.of(training.network));
  }

  /** All that determines the parameters, to the bit. */
  static Map<String, Object> config(Training training, int workers) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("network", "%08x".formatted(training.network.json().hashCode()));
    config.put("start", "%08x".formatted(training.start.hashCode()));
    config.put("workers", workers);
    config.put("minibatch", training.minibatch);
    config.put("strategy", training.strategy.toString());
    config.put(
        "normalise", training.normalisation.features().orElse(NormalisationMethod.AUTO).toString());
    training
        .normalisation
        .targets()
        .ifPresent(method -> config.put("normaliseTargets", method.toString()));
    config.put("ordering", training.ordering.toString());
    config.put("epochEnd", training.epochEnd.toString());
    config.put("localStep", training.localStep.toString());
    config.put("seed", training.seed);
    if (training.length instanceof TrainingLength.Epochs epochs) {
      config.put("epochs", epochs.epochs());
    } else if (training.length instanceof TrainingLength.Steps steps) {
      config.put("steps", steps.steps());
    }
    training.stopping.ifPresent(
        rule -> {
          config.put("validateEvery", training.validateEvery.toString());
          config.put("stopping", rule.toString());
        });
    return config;
  }
}
