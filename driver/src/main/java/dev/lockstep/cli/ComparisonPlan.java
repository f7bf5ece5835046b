package dev.lockstep.cli;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.Examples;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.strategy.Shards;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.train.Comparison;
import dev.lockstep.train.Comparison.Candidate;
import dev.lockstep.train.Comparison.Result;
import dev.lockstep.train.Training;
import dev.lockstep.tutorial.Tutorial;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The runs of a comparison.
 *
 * @param length of each run; the tutorial's if null
 * @param learningRate of each run; the tutorial's if null
 */
record ComparisonPlan(List<Variant> variants, TrainingLength length, Double learningRate) {
  private static final int MEASUREMENTS = 200;

  /** A tutorial with an optimizer and a seed. */
  record Variant(String name, Tutorial tutorial, Optimizer optimizer, long seed) {}

  List<Result> run(JavaSparkContext spark) {
    Map<Tutorial, Broadcast<List<Examples>>> data = new HashMap<>();
    variants.forEach(
        variant -> data.computeIfAbsent(variant.tutorial(), tutorial -> load(spark, tutorial)));
    try {
      return Comparison.run(
          spark,
          variants.stream()
              .map(variant -> candidate(spark, variant, data.get(variant.tutorial())))
              .toList());
    } finally {
      data.values().forEach(Broadcast::destroy);
    }
  }

  private static Broadcast<List<Examples>> load(JavaSparkContext spark, Tutorial tutorial) {
    DataSource source = tutorial.training();
    try (Shards shards = Shards.load(spark, source, 1)) {
      return spark.broadcast(List.of(shards.blocks().first()));
    }
  }

  private Candidate candidate(
      JavaSparkContext spark, Variant variant, Broadcast<List<Examples>> data) {
    Tutorial tutorial = variant.tutorial();
    double rate =
        learningRate == null ? tutorial.learningRate(variant.optimizer(), 1) : learningRate;
    Training training =
        Training.of(spark, tutorial.network(variant.optimizer().updater(rate), variant.seed()))
            .minibatch(tutorial.batchSize())
            .length(length == null ? tutorial.length() : length)
            .epochEnd(tutorial.epochEnd())
            .ordering(tutorial.ordering())
            .seed(variant.seed())
            .lossScale(tutorial.lossScale());
    return Candidate.of(training, data, MEASUREMENTS);
  }
}
