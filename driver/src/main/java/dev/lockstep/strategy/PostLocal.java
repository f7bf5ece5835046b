package dev.lockstep.strategy;

import dev.lockstep.models.ModelState;

/**
 * One strategy up to a slot and another from there: with gradient averaging before parameter
 * averaging, post-local SGD (Lin, Stich, Patel and Jaggi 2020).
 *
 * @param until the first slot of the second strategy
 */
public record PostLocal(TrainingStrategy first, long until, TrainingStrategy then)
    implements TrainingStrategy {

  @Override
  public long nextAgreement(long slot) {
    return slot < until ? Math.min(until, first.nextAgreement(slot)) : then.nextAgreement(slot);
  }

  @Override
  public Outcome run(ModelState state, Segment segment) {
    return (segment.from() < until ? first : then).run(state, segment);
  }

  @Override
  public void close() {
    first.close();
    then.close();
  }
}
