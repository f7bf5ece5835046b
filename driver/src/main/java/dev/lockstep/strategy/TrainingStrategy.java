package dev.lockstep.strategy;

import dev.lockstep.models.ModelState;
import java.util.List;
import java.util.Optional;

/** How and where workers train together. */
public interface TrainingStrategy extends AutoCloseable {

  /**
   * The first slot after this one at which all workers agree on one state, if the run does not end
   * before.
   */
  long roundEnd(long slot);

  /**
   * Trains segments on all workers, one after the other, until the time is over: the rest is left,
   * of the last one begun too. How slots are cut into segments does not change a bit of any state.
   *
   * @param segments adjoining; each ends where workers agree
   * @param supervision how long they may take, and what the driver hears meanwhile
   * @return the outcome of each that was begun, at least of one round, unless the driver said stop
   *     before there was a slot for any worker; if training diverges, the last outcome is of the
   *     round in which it did, and the one before it ends there
   */
  List<Outcome> run(ModelState state, List<Segment> segments, Supervision supervision);

  /** What was found out of the averaging period so far, where it is found while training. */
  default Optional<FoundPeriod> found(ModelState state) {
    return Optional.empty();
  }

  /** Frees what the run holds on executors. */
  @Override
  void close();
}
