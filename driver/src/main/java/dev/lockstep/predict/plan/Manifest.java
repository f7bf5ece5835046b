package dev.lockstep.predict.plan;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.lockstep.predict.PredictionTally;
import java.util.ArrayList;
import java.util.List;

/**
 * What an output holds.
 *
 * @param settings what all of it was made with
 * @param runs the chunks of each run that added to it, in their order
 * @param tally of all
 */
record Manifest<S, T extends PredictionTally<T>>(S settings, List<Added> runs, T tally) {

  /**
   * What one run added.
   *
   * @param parts files in {@code predictions}
   */
  record Added(int parts, @JsonAlias("pictures") long examples) {}

  static <S, T extends PredictionTally<T>> Manifest<S, T> empty(PredictionWork<S, T> work) {
    return new Manifest<>(work.settings(), List.of(), work.nothing());
  }

  /** The number of the run that is next, from 1. */
  int nextGeneration() {
    return runs.size() + 1;
  }

  Manifest<S, T> with(PredictionPlan<S> plan, T added) {
    List<Added> all = new ArrayList<>(runs);
    all.add(new Added(plan.chunks().size(), plan.examples()));
    return new Manifest<>(settings, all, tally.merge(added));
  }
}
