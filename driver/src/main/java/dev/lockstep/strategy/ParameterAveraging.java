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
 * @param updaterState what becomes of the updater's moments
 */
public record ParameterAveraging(int period, OuterMomentum outerMomentum, UpdaterState updaterState)
    implements Averaging {
  private static final float[] NO_MOMENTS = {};

  public ParameterAveraging {
    if (period < 1) {
      throw new IllegalArgumentException("averaging period must be at least 1, not " + period);
    }
  }

  /** With averaged moments. */
  public ParameterAveraging(int period, OuterMomentum outerMomentum) {
    this(period, outerMomentum, UpdaterState.AVERAGED);
  }

  @Override
  public long nextAgreement(long slot) {
    return (slot / period + 1) * period;
  }

  @Override
  public Contribution train(Worker worker, ModelState start, Segment round) {
    if (updaterState == UpdaterState.AVERAGED) {
      return contribution(worker.train(start, round));
    }
    Replica replica = worker.train(fresh(start), round);
    ModelState end = replica.state();
    ModelState counted =
        new ModelState(end.parameters(), NO_MOMENTS, start.updates() + end.updates());
    return contribution(new Replica(replica.result(), counted));
  }

  private static ModelState fresh(ModelState start) {
    return new ModelState(start.parameters(), new float[start.updaterState().length], 0);
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
    ModelState average = average(combined);
    if (updaterState == UpdaterState.RESET) {
      average =
          new ModelState(average.parameters(), fresh(start).updaterState(), average.updates());
    }
    return outerMomentum.apply(start, average);
  }

  /** The state that averaged replicas are. */
  static ModelState average(Combined combined) {
    return new ModelState(combined.vectors()[0], combined.vectors()[1], combined.updates());
  }
}
