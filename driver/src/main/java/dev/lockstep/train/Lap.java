package dev.lockstep.train;

import dev.lockstep.strategy.Outcome;
import java.util.List;

/**
 * When some segments were trained, in seconds since training began in this process.
 *
 * @param from when the first began
 * @param to when the last ended
 */
record Lap(double from, double to, List<Outcome> outcomes) {

  /** What of the time an outcome took, taking each example for as long as the others. */
  RoundTime time(Outcome outcome) {
    return RoundTime.of(outcome, at(outcome.examples()) - from);
  }

  /** What of the time no worker spent. */
  double launch() {
    return outcomes.stream().mapToDouble(outcome -> time(outcome).launch()).sum();
  }

  /** When so many of the lap's examples were trained, taking each for as long as the others. */
  double at(long examples) {
    return from + (to - from) * examples / outcomes.stream().mapToLong(Outcome::examples).sum();
  }
}
