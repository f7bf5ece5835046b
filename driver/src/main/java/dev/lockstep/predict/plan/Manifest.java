package dev.lockstep.predict.plan;

import dev.lockstep.predict.PictureTally;
import java.util.ArrayList;
import java.util.List;

/**
 * What an output holds.
 *
 * @param settings what all of it was made with
 * @param runs the chunks of each run that added to it, in their order
 * @param tally of all
 */
record Manifest(PredictionSettings settings, List<Added> runs, PictureTally tally) {

  /**
   * What one run added.
   *
   * @param parts files in {@code predictions}
   */
  record Added(int parts, long pictures) {}

  static Manifest empty(PredictionSettings settings) {
    return new Manifest(settings, List.of(), PictureTally.NONE);
  }

  /** The number of the run that is next, from 1. */
  int nextGeneration() {
    return runs.size() + 1;
  }

  Manifest with(PicturePlan plan, PictureTally added) {
    List<Added> all = new ArrayList<>(runs);
    all.add(new Added(plan.chunks().size(), plan.pictures()));
    return new Manifest(settings, all, tally.merge(added));
  }
}
