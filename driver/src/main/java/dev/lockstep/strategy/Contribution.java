package dev.lockstep.strategy;

import dev.lockstep.collective.Reduction;
import java.io.Serializable;

/**
 * What a worker brings to the agreement at the end of a round.
 *
 * @param result what it trained
 * @param updates the update count of its network
 * @param reduction how the vectors are combined
 * @param weight of its vectors, 0 if it trained nothing
 * @param vectors of the same lengths on all workers
 */
record Contribution(
    WorkerResult result, int updates, Reduction reduction, double weight, float[]... vectors)
    implements Serializable {}
