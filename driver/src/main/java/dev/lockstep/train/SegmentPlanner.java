package dev.lockstep.train;

import dev.lockstep.strategy.Segment;
import dev.lockstep.train.TrainingRun.Plan;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts training into segments: one ends at each display, and a run of them at the next checkpoint
 * or validation, at the end of training, or after about a second of work, so that progress is seen.
 * Where it cuts never shows in a result.
 */
final class SegmentPlanner {
  private static final double SECONDS = 1;

  /** By how much a run may have more rounds than the one before, whatever its pace was. */
  private static final int GROWTH = 10;

  /** How many values the states of a run may have together: 64 MB. */
  private static final int VALUES = 1 << 24;

  private final Plan plan;
  private final int maxSegments;
  private long maxRounds = 1;

  /**
   * @param stateValues how many values a state has
   */
  SegmentPlanner(Plan plan, int stateValues) {
    this.plan = plan;
    maxSegments = Math.max(1, VALUES / stateValues);
  }

  /** The segments to train from a slot before the driver acts. */
  List<Segment> next(long slot) {
    List<Segment> segments = new ArrayList<>();
    long from = slot;
    Segment round = round(slot);
    for (long rounds = 1; ; rounds++) {
      boolean last = rounds == maxRounds || acts(round);
      if (last || due(plan.display(), round)) {
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
    return new Segment(slot, plan.strategy().nextAgreement(slot));
  }

  /** Whether the driver has to act on the state after a round. */
  private boolean acts(Segment round) {
    return round.to() == plan.schedule().slots()
        || due(plan.checkpoint(), round)
        || plan.validation().filter(validation -> due(validation.every(), round)).isPresent();
  }

  private boolean due(Cadence cadence, Segment round) {
    return cadence.due(plan.schedule(), round.from(), round.to());
  }

  /** Learns the pace, for the runs to come. */
  void learn(Lap lap) {
    long inTime = (long) (SECONDS / Math.max(lap.secondsPerRound(), 1e-9));
    maxRounds = Math.max(1, Math.min(inTime, maxRounds * GROWTH));
  }
}
