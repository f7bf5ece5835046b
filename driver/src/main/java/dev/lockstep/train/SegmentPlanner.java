package dev.lockstep.train;

import dev.lockstep.strategy.Schedule;
import dev.lockstep.strategy.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * Cuts training into segments: one ends at each display, and a run of them at the next checkpoint,
 * at the end of training, or after about a second of work, so that progress is seen. Where it cuts
 * never shows in a result.
 */
final class SegmentPlanner {
  private static final double SECONDS = 1;

  /** By how much a run may have more rounds than the one before, whatever its pace was. */
  private static final int GROWTH = 10;

  /** How many values the states of a run may have together: 64 MB. */
  private static final int VALUES = 1 << 24;

  private final Schedule schedule;
  private final LongUnaryOperator nextAgreement;
  private final Cadence display;
  private final Cadence checkpoint;
  private final int maxSegments;
  private long maxRounds = 1;

  /**
   * @param nextAgreement the end of the round that begins at a slot
   * @param stateValues how many values a state has
   */
  SegmentPlanner(
      Schedule schedule,
      LongUnaryOperator nextAgreement,
      Cadence display,
      Cadence checkpoint,
      int stateValues) {
    this.schedule = schedule;
    this.nextAgreement = nextAgreement;
    this.display = display;
    this.checkpoint = checkpoint;
    maxSegments = Math.max(1, VALUES / Math.max(1, stateValues));
  }

  /** The segments to train from a slot before the driver acts. */
  List<Segment> next(long slot) {
    List<Segment> segments = new ArrayList<>();
    long from = slot;
    long start = slot;
    for (long round = 1; ; round++) {
      long to = nextAgreement.applyAsLong(start);
      boolean acts =
          to == schedule.slots() || checkpoint.due(schedule, start, to) || round >= maxRounds;
      if (acts || display.due(schedule, start, to)) {
        segments.add(new Segment(from, to));
        from = to;
      }
      if (acts || segments.size() == maxSegments) {
        return segments;
      }
      start = to;
    }
  }

  /** Learns the pace, for the runs to come. */
  void learn(Lap lap) {
    long inTime = (long) (SECONDS / Math.max(lap.secondsPerRound(), 1e-9));
    maxRounds = Math.max(1, Math.min(inTime, maxRounds * GROWTH));
  }
}
