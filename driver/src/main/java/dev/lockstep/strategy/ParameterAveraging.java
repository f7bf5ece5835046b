package dev.lockstep.strategy;

import dev.lockstep.models.ModelState;

/**
 * Each worker trains its own replica for a period of minibatches, then all continue from the
 * average, Σ nᵢ·wᵢ / Σ nᵢ over the examples really trained; the same for the updater's moments
 * (McDonald, Hall and Mann 2010; with period 1 and SGD, a step on the joined minibatch).
 *
 * @param period minibatches of each worker between two averages, at least 1
 * @param outer what is made of each average
 * @param updaterState what becomes of the updater's moments
 * @param slots of the run, {@link Long#MAX_VALUE} where it is not known: a short rest at its end is
 *     no round of its own
 */
public record ParameterAveraging(
    int period, OuterOptimizer outer, UpdaterState updaterState, long slots) implements Averaging {
  private static final float[] NO_MOMENTS = {};

  public ParameterAveraging {
    expectPeriod(period);
  }

  static void expectPeriod(int period) {
    if (period < 1) {
      throw new IllegalArgumentException("averaging period must be at least 1, not " + period);
    }
  }

  /** Parameters and moments are averaged every so many minibatches of each worker. */
  public static ParameterAveraging every(int period) {
    return new ParameterAveraging(period, OuterOptimizer.NONE);
  }

  /** With momentum between averages (SlowMo), from 0 to below 1. */
  public ParameterAveraging withOuterMomentum(double beta) {
    return withOuter(OuterSettings.momentum(beta).optimizer(setting -> "outer momentum"));
  }

  /** With an optimizer of its own between averages (DiLoCo, FedAdam and others). */
  public ParameterAveraging withOuter(OuterOptimizer optimizer) {
    return new ParameterAveraging(period, optimizer, updaterState, slots);
  }

  /** With another fate of the updater's moments. */
  public ParameterAveraging withUpdaterState(UpdaterState fate) {
    return new ParameterAveraging(period, outer, fate, slots);
  }

  /** With a period that is found while training, in place of this one. */
  public AutomaticPeriod automatic() {
    return new AutomaticPeriod(this, 1);
  }

  /** After so many epochs, at least 1, in which gradients are averaged (post-local SGD). */
  public PostLocalSgd afterGradients(int epochs) {
    return new PostLocalSgd(epochs, this);
  }

  /** With averaged moments. */
  public ParameterAveraging(int period, OuterOptimizer outer) {
    this(period, outer, UpdaterState.AVERAGED, Long.MAX_VALUE);
  }

  @Override
  public ParameterAveraging on(Schedule schedule) {
    return new ParameterAveraging(period, outer, updaterState, schedule.slots());
  }

  @Override
  public long nextAgreement(long slot) {
    return new Rounds(period, slots).commonEnd(slot);
  }

  @Override
  public long roundEnd(ModelState start, long slot) {
    return new Rounds(period, slots).end(slot);
  }

  @Override
  public Contribution train(Worker worker, ModelState start, Segment round) {
    if (updaterState == UpdaterState.AVERAGED) {
      return worker.train(start, round);
    }
    Contribution replica = worker.train(fresh(start), round);
    return Contribution.replica(
        replica.result(),
        new ModelState(
            replica.state().parameters(), NO_MOMENTS, start.updates() + replica.updates()));
  }

  private static ModelState fresh(ModelState start) {
    return new ModelState(start.parameters(), new float[start.updaterState().length], 0);
  }

  @Override
  public ModelState agree(TrainingJob job, ModelState start, Segment round, Contribution all) {
    ModelState average = job.trained().into(start, average(all));
    if (updaterState == UpdaterState.RESET) {
      average =
          new ModelState(average.parameters(), fresh(start).updaterState(), average.updates());
    }
    return job.trained().withStatistics(outer.apply(start, average), average);
  }

  /** The state that averaged replicas are. */
  static ModelState average(Contribution all) {
    return new ModelState(all.vectors()[0], all.vectors()[1], all.updates());
  }
}
