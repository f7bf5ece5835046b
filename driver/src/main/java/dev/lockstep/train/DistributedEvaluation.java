package dev.lockstep.train;

import dev.lockstep.data.Examples;
import dev.lockstep.data.Preprocessing;
import dev.lockstep.data.Transport;
import dev.lockstep.data.Transport.Shared;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.TrainerFactory;
import dev.lockstep.strategy.Shards;
import dev.lockstep.table.NetworkShape;
import dev.lockstep.table.NetworkTask;
import dev.lockstep.train.Evaluation.Classification;
import dev.lockstep.train.Evaluation.MultiLabel;
import dev.lockstep.train.Evaluation.Regression;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/** Runs a network over a data set on Spark. */
public final class DistributedEvaluation {
  private static final int KEPT_MISTAKES = 500;

  private DistributedEvaluation() {}

  private record Trained(TrainerFactory trainers, NetworkTask task, List<ModelState> states)
      implements Serializable {
    /** What comes out, with each state. */
    List<Evaluation> evaluate(Examples block) {
      LocalTrainer network = trainers.newTrainer();
      List<Evaluation> results = new ArrayList<>();
      for (ModelState state : states) {
        network.load(state);
        results.add(evaluation(block, network, task));
      }
      return results;
    }
  }

  /**
   * Evaluates a network of whatever kind, as it and the data say.
   *
   * @param made how they became these examples
   */
  public static Evaluation of(
      JavaSparkContext spark,
      Shards data,
      Optional<Preprocessing> made,
      NetworkDefinition network,
      ModelState state) {
    return of(
            spark,
            data,
            NetworkShape.trainers(network, LocalStep.AUTO, data.schema(), made),
            NetworkShape.task(network, data.schema()),
            List.of(state))
        .get(0);
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

  /**
   * Evaluates a classifier.
   *
   * @param data a classification data set with as many classes as the network has outputs
   */
  public static Classification evaluate(
      JavaSparkContext spark, Shards data, NetworkDefinition network, ModelState state) {
    return (Classification) of(spark, data, Optional.empty(), network, state);
  }

  /**
   * Evaluates states of a network, each for itself, in one Spark job.
   *
   * @param task what the network is for on such data
   */
  static List<Evaluation> of(
      JavaSparkContext spark,
      Shards data,
      TrainerFactory trainers,
      NetworkTask task,
      List<ModelState> states) {
    spark.setJobGroup("evaluate", "evaluate %,d examples".formatted(data.examples()));
    Shared<Trained> trained = Transport.share(spark, new Trained(trainers, task, states));
    try {
      List<List<Evaluation>> blocks =
          Transport.collect(data.blocks().map(block -> trained.value().evaluate(block)));
      return IntStream.range(0, states.size())
          .mapToObj(i -> Evaluation.joined(blocks.stream().map(results -> results.get(i)).toList()))
          .toList();
    } finally {
      trained.destroy();
    }
  }

  /** Of examples at hand. */
  static Evaluation evaluation(Examples block, LocalTrainer network, NetworkTask task) {
    return task == NetworkTask.CLASSIFICATION
        ? classification(block, network)
        : numbers(block, network, task);
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

  /** Of labels, where a network for them finds nothing but 0 and 1. */
  private static Evaluation numbers(Examples block, LocalTrainer network, NetworkTask task) {
    int width = block.schema().targets();
    List<TargetErrors> errors = new ArrayList<>(Collections.nCopies(width, TargetErrors.NONE));
    Optional<LabelCounts.Builder> labels =
        task == NetworkTask.MULTI_LABEL
            ? Optional.of(new LabelCounts.Builder(width))
            : Optional.empty();
    float[] predicted = new float[width];
    float[] truths = new float[width];
    double lossSum =
        EvaluationPass.run(
            block,
            network,
            (index, row, output) -> {
              float weight = block.weight(index);
              for (int i = 0; i < width; i++) {
                predicted[i] = block.restored(output[row * width + i], i);
                truths[i] = block.target(index, i);
                errors.set(i, errors.get(i).plus(truths[i], predicted[i], weight));
              }
              labels.ifPresent(counts -> counts.add(truths, predicted, weight));
            });
    Regression regression = new Regression(errors, lossSum);
    return labels
        .flatMap(LabelCounts.Builder::build)
        .<Evaluation>map(counts -> new MultiLabel(counts, regression))
        .orElse(regression);
  }
}
