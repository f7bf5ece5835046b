package dev.lockstep.stock;

import dev.lockstep.models.ModelState;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.strategy.WholeEpochs;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.CollectionAccumulator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.spark.api.TrainingHook;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Counts what workers of DL4J's trainer really train; a task that is run again counts again. */
final class FitCounter implements TrainingHook {
  private final CollectionAccumulator<Fit> fits;

  /** One minibatch that was trained. */
  private record Fit(int examples, double lossSum) implements java.io.Serializable {}

  private FitCounter(CollectionAccumulator<Fit> fits) {
    this.fits = fits;
  }

  static FitCounter of(JavaSparkContext spark) {
    return new FitCounter(spark.sc().collectionAccumulator());
  }

  /** What all workers did on the way to a state; which examples they were is not known. */
  WholeEpochs.Trained trained(ModelState state) {
    List<Fit> all = fits.value();
    // In an order that does not depend on which task came first.
    double lossSum = all.stream().mapToDouble(Fit::lossSum).sorted().sum();
    return new WholeEpochs.Trained(
        state, all.stream().mapToLong(Fit::examples).sum(), all.size(), lossSum);
  }

  @Override
  public void preUpdate(DataSet minibatch, Model network) {}

  @Override
  public void preUpdate(MultiDataSet minibatch, Model network) {}

  @Override
  public void postUpdate(DataSet minibatch, Model network) {
    count(minibatch.numExamples(), network);
  }

  @Override
  public void postUpdate(MultiDataSet minibatch, Model network) {
    count(Math.toIntExact(minibatch.getFeatures(0).size(0)), network);
  }

  private void count(int examples, Model network) {
    fits.add(new Fit(examples, Dl4jLocalTrainer.lastLoss(network, examples)));
  }
}
