package dev.lockstep.strategy;

import dev.lockstep.models.ModelState;
import java.util.Optional;

/**
 * Gradients are averaged up to a slot, and from there on what follows (post-local SGD: Lin, Stich,
 * Patel and Jaggi 2020). Of a loss that is a sum over the minibatch it is the mean of the workers'
 * gradients, not their sum, so that one learning rate fits both: by gradient descent a step is as
 * long as an average of replicas after one minibatch.
 *
 * @param until the first slot of what follows
 */
public record PostLocal(long until, Averaging then) implements Averaging {
  private static final GradientAveraging GRADIENTS = new GradientAveraging();

  @Override
  public long nextAgreement(long slot) {
    return at(slot).nextAgreement(slot);
  }

  @Override
  public long roundEnd(ModelState start, long slot) {
    return at(slot).roundEnd(start, slot);
  }

  @Override
  public Optional<FoundPeriod> found(ModelState state) {
    return then.found(state);
  }

  @Override
  public Contribution train(Worker worker, ModelState start, Segment round) {
    return at(round.from()).train(worker, start, round);
  }

  @Override
  public ModelState agree(TrainingJob job, ModelState start, Segment round, Contribution all) {
    return round.from() < until
        ? GRADIENTS.meanStep(job, start, round, all)
        : then.agree(job, start, round, all);
  }

  private Averaging at(long slot) {
    return slot < until ? GRADIENTS : then;
  }
}
