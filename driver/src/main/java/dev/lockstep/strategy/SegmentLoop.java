package dev.lockstep.strategy;

import dev.lockstep.models.ModelState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Round after round to the end of each segment, until it has taken long enough, or until training
 * diverges: the same loop wherever workers meet.
 *
 * @param ends of rounds
 * @param body what is done in a round
 * @param pause asked after each round
 */
record SegmentLoop(Ends ends, Body body, Supplier<Pause> pause) {

  /** Where a round ends that begins with a state at a slot. */
  interface Ends {
    long after(ModelState start, long slot);
  }

  /** One round: from the state that all workers agree on to the next. */
  interface Body {
    Outcome round(ModelState start, Segment round);
  }

  /** What {@link TrainingStrategy#run} gives. */
  List<Outcome> run(ModelState start, List<Segment> segments) {
    List<Outcome> outcomes = new ArrayList<>();
    ModelState state = start;
    for (Segment segment : segments) {
      Optional<Outcome> soFar = Optional.empty();
      Pause next = Pause.NONE;
      for (long slot = segment.from(); slot < segment.to() && next != Pause.NOW; ) {
        long to = Math.min(segment.to(), ends.after(state, slot));
        Outcome round = body.round(state, new Segment(slot, to));
        if (round.divergedAt().isPresent()) {
          soFar.ifPresent(outcomes::add);
          outcomes.add(round);
          return outcomes;
        }
        soFar = Optional.of(soFar.map(before -> before.plus(round)).orElse(round));
        state = round.state();
        slot = to;
        next = pause.get();
      }
      soFar.ifPresent(outcomes::add);
      if (next != Pause.NONE) {
        return outcomes;
      }
    }
    return outcomes;
  }
}
