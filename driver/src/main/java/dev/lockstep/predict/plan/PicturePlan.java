package dev.lockstep.predict.plan;

import java.util.List;

/**
 * What one run is to do, fixed before it starts, so that a rerun does the rest of the same.
 *
 * @param settings what predictions depend on
 * @param chunks in the order of paths
 */
record PicturePlan(PredictionSettings settings, List<PlanChunk> chunks) {
  long pictures() {
    return chunks.stream().mapToLong(PlanChunk::pictures).sum();
  }
}
