package dev.lockstep.train;

import dev.lockstep.data.ExampleBlock;
import dev.lockstep.data.Schema;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.TrainerFactory;
import dev.lockstep.strategy.Shards;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Runs a classifier over a data set on Spark. */
public final class DistributedEvaluation {
  private static final int BATCH = 1000;
  private static final int KEPT_MISTAKES = 500;

  private DistributedEvaluation() {}

  /**
   * How a classifier did.
   *
   * @param confusion over all examples
   * @param mistakes examples it got wrong, by partition and then order; at most 500 of each
   *     partition
   * @param lossSum the network's loss, summed over the examples
   */
  public record Result(ConfusionMatrix confusion, List<Prediction> mistakes, double lossSum)
      implements Serializable {}

  private record Classifier(TrainerFactory trainers, ModelState state) implements Serializable {}

  /**
   * Evaluates a classifier.
   *
   * @param data a classification data set with as many classes as the network has outputs
   */
  public static Result evaluate(
      JavaSparkContext spark, Shards data, NetworkDefinition network, ModelState state) {
    spark.setJobGroup("evaluate", "evaluate %,d examples".formatted(data.examples()));
    Schema schema = data.schema();
    Broadcast<Classifier> classifier =
        spark.broadcast(
            new Classifier(
                LocalTrainers.factory(
                    network, LocalStep.AUTO, schema.labelLength(), schema.shape()),
                state));
    try {
      List<Result> results =
          data.blocks().map(block -> evaluate(block, classifier.value())).collect();
      ConfusionMatrix confusion = ConfusionMatrix.empty(results.get(0).confusion().classes());
      results.forEach(result -> confusion.add(result.confusion()));
      Stream<Prediction> mistakes = results.stream().flatMap(result -> result.mistakes().stream());
      return new Result(
          confusion, mistakes.toList(), results.stream().mapToDouble(Result::lossSum).sum());
    } finally {
      classifier.destroy();
    }
  }

  private static Result evaluate(ExampleBlock block, Classifier classifier) {
    int inputs = block.schema().featureLength();
    int classes = block.schema().labelLength();
    LocalTrainer trainer = classifier.trainers().newTrainer();
    trainer.load(classifier.state());
    float[] features = new float[BATCH * inputs];
    float[] labels = new float[BATCH * classes];
    ConfusionMatrix confusion = ConfusionMatrix.empty(classes);
    List<Prediction> mistakes = new ArrayList<>();
    double lossSum = 0;
    for (int from = 0; from < block.size(); from += BATCH) {
      int size = Math.min(BATCH, block.size() - from);
      for (int row = 0; row < size; row++) {
        block.copy(from + row, row, features, labels);
      }
      Minibatch minibatch = new Minibatch(features, labels, size);
      lossSum += trainer.loss(minibatch);
      float[] output = trainer.output(minibatch);
      for (int row = 0; row < size; row++) {
        Prediction prediction =
            Prediction.of(block.id(from + row), block.label(from + row), output, row, classes);
        confusion.add(prediction);
        if (!prediction.isRight() && mistakes.size() < KEPT_MISTAKES) {
          mistakes.add(prediction);
        }
      }
    }
    return new Result(confusion, mistakes, lossSum);
  }
}
