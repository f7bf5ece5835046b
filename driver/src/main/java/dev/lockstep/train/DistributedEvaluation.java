package dev.lockstep.train;

import dev.lockstep.data.Examples;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Transport;
import dev.lockstep.data.Transport.Shared;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.TrainerFactory;
import dev.lockstep.strategy.Shards;
import dev.lockstep.table.NetworkShape;
import dev.lockstep.train.Evaluation.Classification;
import dev.lockstep.train.Evaluation.Regression;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/** Runs a network over a data set on Spark. */
public final class DistributedEvaluation {
  private static final int KEPT_MISTAKES = 500;

  private DistributedEvaluation() {}

  private record Trained(TrainerFactory trainers, List<ModelState> states) implements Serializable {
    /** What comes out, with each state. */
    <R> List<R> evaluate(Examples block, BlockEvaluation<R> evaluation) {
      LocalTrainer network = trainers.newTrainer();
      List<R> results = new ArrayList<>();
      for (ModelState state : states) {
        network.load(state);
        results.add(evaluation.of(block, network));
      }
      return results;
    }
  }

  private interface BlockEvaluation<R> extends Serializable {
    R of(Examples block, LocalTrainer network);
  }

  /** Evaluates a network of either kind, as the data says. */
  public static Evaluation of(
      JavaSparkContext spark, Shards data, NetworkDefinition network, ModelState state) {
    return of(spark, data, trainers(network, data.schema()), List.of(state)).get(0);
  }

  /** Evaluates a classifier in this thread. */
  static Classification here(TrainerFactory trainers, List<Examples> blocks, ModelState state) {
    LocalTrainer network = trainers.newTrainer();
    try {
      network.load(state);
      return Classification.joined(
          blocks.stream().map(block -> classification(block, network)).toList());
    } finally {
      network.close();
    }
  }

  private static TrainerFactory trainers(NetworkDefinition network, Schema schema) {
    return NetworkShape.trainers(network, LocalStep.AUTO, schema);
  }

  /** Evaluates states of a network, each for itself, in one Spark job. */
  static List<? extends Evaluation> of(
      JavaSparkContext spark, Shards data, TrainerFactory trainers, List<ModelState> states) {
    return data.schema().classes() > 0
        ? classifications(spark, data, trainers, states)
        : each(
            spark, data, trainers, states, DistributedEvaluation::regression, Regression::joined);
  }

  /**
   * Evaluates a classifier.
   *
   * @param data a classification data set with as many classes as the network has outputs
   */
  public static Classification evaluate(
      JavaSparkContext spark, Shards data, NetworkDefinition network, ModelState state) {
    return classifications(spark, data, trainers(network, data.schema()), List.of(state)).get(0);
  }

  private static List<Classification> classifications(
      JavaSparkContext spark, Shards data, TrainerFactory trainers, List<ModelState> states) {
    return each(
        spark,
        data,
        trainers,
        states,
        DistributedEvaluation::classification,
        Classification::joined);
  }

  private static <R> List<R> each(
      JavaSparkContext spark,
      Shards data,
      TrainerFactory trainers,
      List<ModelState> states,
      BlockEvaluation<R> evaluation,
      Function<List<R>, R> join) {
    spark.setJobGroup("evaluate", "evaluate %,d examples".formatted(data.examples()));
    Shared<Trained> trained = Transport.share(spark, new Trained(trainers, states));
    try {
      List<List<R>> blocks =
          Transport.collect(
              data.blocks().map(block -> trained.value().evaluate(block, evaluation)));
      return IntStream.range(0, states.size())
          .mapToObj(i -> join.apply(blocks.stream().map(results -> results.get(i)).toList()))
          .toList();
    } finally {
      trained.destroy();
    }
  }

  /** Of examples at hand. */
  static Evaluation evaluation(Examples block, LocalTrainer network) {
    return block.schema().classes() > 0
        ? classification(block, network)
        : regression(block, network);
  }

  private static Classification classification(Examples block, LocalTrainer network) {
    int classes = block.schema().classes();
    int steps = block.schema().steps();
    ConfusionMatrix confusion = ConfusionMatrix.empty(classes, block.schema().weighted());
    List<Prediction> mistakes = new ArrayList<>();
    double lossSum =
        EvaluationPass.run(
            block,
            network,
            (index, row, output) -> {
              for (int step = 0; step < steps; step++) {
                int label = (int) block.target(index, step);
                Prediction prediction =
                    Prediction.of(block.id(index), label, output, row * steps + step, classes);
                confusion.add(prediction, block.weight(index));
                if (!prediction.isRight() && mistakes.size() < KEPT_MISTAKES) {
                  mistakes.add(prediction);
                }
              }
            });
    return new Classification(confusion, mistakes, lossSum);
  }

  private static Regression regression(Examples block, LocalTrainer network) {
    int width = block.schema().targets();
    List<TargetErrors> errors = new ArrayList<>(Collections.nCopies(width, TargetErrors.NONE));
    double lossSum =
        EvaluationPass.run(
            block,
            network,
            (index, row, output) -> {
              for (int target = 0; target < width; target++) {
                float predicted = block.restored(output[row * width + target], target);
                float truth = block.target(index, target);
                errors.set(target, errors.get(target).plus(truth, predicted, block.weight(index)));
              }
            });
    return new Regression(errors, lossSum);
  }
}
