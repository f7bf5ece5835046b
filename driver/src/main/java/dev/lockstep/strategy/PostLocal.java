package dev.lockstep.strategy;

import dev.lockstep.models.ModelState;
import java.util.Optional;

/**
 * One way of averaging up to a slot and another from there: with gradients before parameters,
 * post-local SGD (Lin, Stich, Patel and Jaggi 2020).
 *
 * @param until the first slot of the second
 */
public record PostLocal(Averaging first, long until, Averaging then) implements Averaging {

  @Override
  public long nextAgreement(long slot) {
    return slot < until ? Math.min(until, first.nextAgreement(slot)) : then.nextAgreement(slot);
  }

  @Override
  public long roundEnd(ModelState start, long slot) {
    return slot < until ? Math.min(until, first.roundEnd(start, slot)) : then.roundEnd(start, slot);
  }

  @Override
  public Optional<FoundPeriod> found(ModelState state) {
    return then.found(state);
  }

  @Override
  public Contribution train(Worker worker, ModelState start, Segment round) {
    return at(round).train(worker, start, round);
  }

  @Override
  public ModelState agree(TrainingJob job, ModelState start, Segment round, Contribution all) {
    return at(round).agree(job, start, round, all);
  }

  private Averaging at(Segment round) {
    return round.from() < until ? first : then;
  }
}
