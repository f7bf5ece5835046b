package dev.lockstep.strategy;

import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.ModelState;

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
    LocalTrainer updater = RunPool.borrow(job);
    updater.load(start);
    job.tune(updater, round.from());
    float[] gradient = job.trained().into(new float[start.parameters().length], all.vectors()[0]);
    updater.apply(gradient, Math.toIntExact(all.result().examples()), all.result().weight());
    ModelState end = updater.state().withOuterState(start.outerState());
    RunPool.giveBack(job, updater);
    return end;
  }
}
