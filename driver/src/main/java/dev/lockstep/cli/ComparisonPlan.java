package dev.lockstep.cli;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.ExampleBlock;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.strategy.Schedule;
import dev.lockstep.strategy.Shards;
import dev.lockstep.strategy.TrainingJob;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.train.Comparison;
import dev.lockstep.train.Comparison.Candidate;
import dev.lockstep.train.Comparison.Result;
import dev.lockstep.tutorial.Tutorial;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

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
    Map<Tutorial, Broadcast<ExampleBlock>> data = new HashMap<>();
    variants.forEach(
        variant -> data.computeIfAbsent(variant.tutorial(), tutorial -> load(spark, tutorial)));
    try {
      return Comparison.run(
          spark,
          variants.stream()
              .map(variant -> candidate(variant, data.get(variant.tutorial())))
              .toList());
    } finally {
      data.values().forEach(Broadcast::destroy);
    }
  }

  private static Broadcast<ExampleBlock> load(JavaSparkContext spark, Tutorial tutorial) {
    DataSource source = tutorial.training();
    try (Shards shards = Shards.load(spark, source, 1)) {
      return spark.broadcast(shards.blocks().first());
    }
  }

  private Candidate candidate(Variant variant, Broadcast<ExampleBlock> data) {
    Tutorial tutorial = variant.tutorial();
    ExampleBlock block = data.value();
    double rate =
        learningRate == null ? tutorial.learningRate(variant.optimizer(), 1) : learningRate;
    MultiLayerNetwork network = tutorial.network(variant.optimizer().updater(rate), variant.seed());
    Schedule schedule =
        new Schedule(
            new int[] {block.size()},
            tutorial.batchSize(),
            tutorial.epochEnd(),
            length == null ? tutorial.length() : length);
    TrainingJob job =
        TrainingJob.of(
            LocalTrainers.factory(
                NetworkDefinition.of(network),
                LocalStep.AUTO,
                block.schema().labelLength(),
                block.schema().shape()),
            schedule,
            tutorial.ordering(),
            variant.seed());
    int every = (int) Math.max(1, schedule.slots() / MEASUREMENTS);
    return new Candidate(job, Dl4jLocalTrainer.stateOf(network), data, tutorial.lossScale(), every);
  }
}
