package dev.lockstep.predict.plan;

import java.util.List;

/**
 * What one run is to do, fixed before it starts, so that a rerun does the rest of the same.
 *
 * @param settings what predictions depend on
 * @param chunks in the order of paths
 * @param files the tables whose rows they are, as they were; none of pictures
 */
record PredictionPlan<S>(S settings, List<PlanChunk> chunks, List<PlannedFile> files) {
  PredictionPlan {
    files = files == null ? List.of() : files; // JSON of before has none
  }

  long examples() {
    return chunks.stream().mapToLong(PlanChunk::examples).sum();
  }
}
