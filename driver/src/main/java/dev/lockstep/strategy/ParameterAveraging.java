package dev.lockstep.strategy;

import dev.lockstep.collective.Reduction;
import dev.lockstep.models.ModelState;

/**
 * Each worker trains its own replica for a period of minibatches, then all continue from the
 * average, Σ nᵢ·wᵢ / Σ nᵢ over the examples really trained; the same for the updater's moments
 * (McDonald, Hall and Mann 2010; with period 1 and SGD, a step on the joined minibatch).
 *
 * @param period minibatches of each worker between two averages, at least 1
 * @param outerMomentum between averages
 */
public record ParameterAveraging(int period, OuterMomentum outerMomentum) implements Averaging {
  public ParameterAveraging {
    if (period < 1) {
      throw new IllegalArgumentException("averaging period must be at least 1, not " + period);
    }
  }

  @Override
  public long nextAgreement(long slot) {
    return (slot / period + 1) * period;
  }

  @Override
  public Contribution train(Worker worker, ModelState start, Segment round) {
    return contribution(worker.train(start, round));
  }

  /** A replica, as it counts in the average. */
  static Contribution contribution(Replica replica) {
    ModelState state = replica.state();
    return new Contribution(
        replica.result(),
        state.updates(),
        Reduction.MEAN,
        replica.result().examples(),
        state.parameters(),
        state.updaterState());
  }

  @Override
  public ModelState agree(TrainingJob job, ModelState start, Segment round, Combined combined) {
    return outerMomentum.apply(start, average(combined));
  }

  /** The state that averaged replicas are. */
  static ModelState average(Combined combined) {
    return new ModelState(combined.vectors()[0], combined.vectors()[1], combined.updates());
  }
}
