package dev.lockstep.train;

import dev.lockstep.strategy.Segment;
import dev.lockstep.train.TrainingRun.Plan;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts training into segments: one ends at each display, checkpoint and validation, and a run of
 * them where training may stop early, or at its end. Where it cuts never shows in a result.
 */
final class SegmentPlanner {
  /** How many values the states of a run may have together: 64 MB. */
  private static final int VALUES = 1 << 24;

  /** How many rounds to plan ahead. */
  private static final int ROUNDS = 10_000;

  private final Plan plan;
  private final long resumePoint;
  private final int maxSegments;

  /**
   * @param resumePoint where a longer run goes on
   * @param stateValues how many values a state has
   */
  SegmentPlanner(Plan plan, long resumePoint, int stateValues) {
    this.plan = plan;
    this.resumePoint = resumePoint;
    maxSegments = Math.max(1, VALUES / stateValues);
  }

  /** The segments to train from a slot before the driver acts. */
  List<Segment> next(long slot) {
    List<Segment> segments = new ArrayList<>();
    long from = slot;
    Segment round = round(slot);
    for (int rounds = 1; ; rounds++) {
      boolean last = rounds == ROUNDS || mayEnd(round);
      if (last || isLookedAt(round)) {
        segments.add(new Segment(from, round.to()));
        from = round.to();
      }
      if (last || segments.size() == maxSegments) {
        return segments;
      }
      round = round(round.to());
    }
  }

  private Segment round(long slot) {
    return new Segment(slot, Math.min(plan.schedule().slots(), plan.strategy().roundEnd(slot)));
  }

  /** Whether the driver has to see the state after a round before training goes on. */
  private boolean mayEnd(Segment round) {
    return plan.isLast(round)
        || plan.isValidated(round) && plan.validation().flatMap(Validation::stopping).isPresent();
  }

  /** Whether the driver has to see the state after a round, be it later. */
  private boolean isLookedAt(Segment round) {
    return round.to() == resumePoint
        || plan.isDisplayed(round)
        || plan.isDue(plan.checkpoint(), round)
        || plan.isValidated(round);
  }
}
