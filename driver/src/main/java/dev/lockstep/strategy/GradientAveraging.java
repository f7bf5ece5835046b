package dev.lockstep.strategy;

import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.math.GradientReduction;

/**
 * All workers' minibatches of a slot make one update, with one updater: for any updater the step
 * that one process would make on the joined minibatch (synchronous SGD, Chen et al. 2016). A loss
 * that is a mean is a mean over all the examples by their weights, one that is a sum is their sum.
 */
public record GradientAveraging() implements Averaging {

  @Override
  public boolean averagesGradients(int epoch) {
    return true;
  }

  @Override
  public long nextAgreement(long slot) {
    return slot + 1;
  }

  @Override
  public Contribution train(Worker worker, ModelState start, Segment round) {
    return worker.gradient(start, round.from());
  }

  @Override
  public ModelState agree(TrainingJob job, ModelState start, Segment round, Contribution all) {
    return step(job, start, round, all, gradient(job, start, all));
  }

  /** One update by the mean of the workers' gradients, also where the loss is a sum. */
  ModelState meanStep(TrainingJob job, ModelState start, Segment round, Contribution all) {
    float[] gradient = gradient(job, start, all);
    boolean adds = job.reduction() == GradientReduction.SUM;
    return step(
        job,
        start,
        round,
        all,
        adds ? job.trained().divided(gradient, all.result().minibatches()) : gradient);
  }

  private static float[] gradient(TrainingJob job, ModelState start, Contribution all) {
    return job.trained().into(new float[start.parameters().length], all.vectors()[0]);
  }

  private static ModelState step(
      TrainingJob job, ModelState start, Segment round, Contribution all, float[] gradient) {
    LocalTrainer updater = RunPool.borrow(job);
    updater.load(start);
    job.tune(updater, round.from());
    updater.apply(gradient, Math.toIntExact(all.result().examples()), all.result().weight());
    ModelState end = updater.state().withOuterState(start.outerState());
    RunPool.giveBack(job, updater);
    return end;
  }
}
