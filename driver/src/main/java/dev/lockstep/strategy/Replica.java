package dev.lockstep.strategy;

import dev.lockstep.models.ModelState;
import java.io.Serializable;

/**
 * A worker's own network after a segment.
 *
 * @param result what was trained
 * @param state where the network ended
 */
public record Replica(WorkerResult result, ModelState state) implements Serializable {}
