package dev.lockstep.train;

import dev.lockstep.data.ExampleBlock;
import dev.lockstep.data.Schema;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.TrainerFactory;
import dev.lockstep.strategy.Shards;
import dev.lockstep.train.Evaluation.Classification;
import dev.lockstep.train.Evaluation.Regression;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Runs a network over a data set on Spark. */
public final class DistributedEvaluation {
  private static final int KEPT_MISTAKES = 500;

  private DistributedEvaluation() {}

  private record Trained(TrainerFactory trainers, ModelState state) implements Serializable {
    LocalTrainer network() {
      LocalTrainer network = trainers.newTrainer();
      network.load(state);
      return network;
    }
  }

  private interface BlockEvaluation<R> extends Serializable {
    R of(ExampleBlock block, LocalTrainer network);
  }

  /** Evaluates a network of either kind, as the data says. */
  public static Evaluation of(
      JavaSparkContext spark, Shards data, NetworkDefinition network, ModelState state) {
    return data.schema().classes() > 0
        ? evaluate(spark, data, network, state)
        : regression(spark, data, network, state);
  }

  /**
   * Evaluates a classifier.
   *
   * @param data a classification data set with as many classes as the network has outputs
   */
  public static Classification evaluate(
      JavaSparkContext spark, Shards data, NetworkDefinition network, ModelState state) {
    List<Classification> results =
        each(spark, data, network, state, DistributedEvaluation::classification);
    ConfusionMatrix confusion = ConfusionMatrix.empty(data.schema().classes());
    results.forEach(result -> confusion.add(result.confusion()));
    Stream<Prediction> mistakes = results.stream().flatMap(result -> result.mistakes().stream());
    return new Classification(confusion, mistakes.toList(), lossSum(results));
  }

  private static Regression regression(
      JavaSparkContext spark, Shards data, NetworkDefinition network, ModelState state) {
    List<Regression> results = each(spark, data, network, state, DistributedEvaluation::regression);
    List<TargetErrors> errors = new ArrayList<>();
    for (int i = 0; i < data.schema().targets(); i++) {
      int target = i;
      errors.add(
          results.stream()
              .map(result -> result.targets().get(target))
              .reduce(TargetErrors.NONE, TargetErrors::plus));
    }
    return new Regression(errors, lossSum(results));
  }

  private static double lossSum(List<? extends Evaluation> results) {
    return results.stream().mapToDouble(Evaluation::lossSum).sum();
  }

  private static <R> List<R> each(
      JavaSparkContext spark,
      Shards data,
      NetworkDefinition network,
      ModelState state,
      BlockEvaluation<R> evaluation) {
    spark.setJobGroup("evaluate", "evaluate %,d examples".formatted(data.examples()));
    Schema schema = data.schema();
    Broadcast<Trained> trained =
        spark.broadcast(
            new Trained(
                LocalTrainers.factory(
                    network, LocalStep.AUTO, schema.labelLength(), schema.shape()),
                state));
    try {
      return data.blocks().map(block -> evaluation.of(block, trained.value().network())).collect();
    } finally {
      trained.destroy();
    }
  }

  private static Classification classification(ExampleBlock block, LocalTrainer network) {
    int classes = block.schema().classes();
    ConfusionMatrix confusion = ConfusionMatrix.empty(classes);
    List<Prediction> mistakes = new ArrayList<>();
    double lossSum =
        EvaluationPass.run(
            block,
            network,
            (index, row, labels, output) -> {
              Prediction prediction =
                  Prediction.of(block.id(index), block.label(index), output, row, classes);
              confusion.add(prediction);
              if (!prediction.isRight() && mistakes.size() < KEPT_MISTAKES) {
                mistakes.add(prediction);
              }
            });
    return new Classification(confusion, mistakes, lossSum);
  }

  private static Regression regression(ExampleBlock block, LocalTrainer network) {
    int width = block.schema().targets();
    List<TargetErrors> errors = new ArrayList<>(Collections.nCopies(width, TargetErrors.NONE));
    double lossSum =
        EvaluationPass.run(
            block,
            network,
            (index, row, labels, output) -> {
              for (int target = 0; target < width; target++) {
                int at = row * width + target;
                errors.set(target, errors.get(target).plus(labels[at], output[at]));
              }
            });
    return new Regression(errors, lossSum);
  }
}
