package dev.lockstep.strategy;

import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.ModelState;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * All workers' minibatches of a slot make one update, with one updater: for any updater the step
 * that one process would make on the joined minibatch (synchronous SGD, Chen et al. 2016). A loss
 * that is a mean is a mean over all the examples, one that is a sum is their sum. One Spark job an
 * update.
 */
public final class GradientAveraging implements TrainingStrategy {
  private final Workers workers;
  private final LocalTrainer updater;

  /**
   * @param shards one block a worker, cached
   */
  public GradientAveraging(JavaSparkContext spark, Shards shards, TrainingJob job) {
    workers = new Workers(spark, shards, job);
    updater = job.trainers().newTrainer();
  }

  @Override
  public long nextAgreement(long slot) {
    return slot + 1;
  }

  @Override
  public Outcome run(ModelState state, Segment segment) {
    long slot = segment.from();
    List<WorkerGradient> gradients =
        workers.each(state, (worker, start) -> worker.gradient(start, slot));
    updater.load(state);
    GradientSum.of(gradients).apply(updater);
    return new Outcome(
        updater.state().withOuterMomentum(state.outerMomentum()),
        gradients.stream().map(WorkerGradient::result).toList());
  }

  @Override
  public void close() {
    workers.close();
  }
}
