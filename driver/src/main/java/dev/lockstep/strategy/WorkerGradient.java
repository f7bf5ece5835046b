package dev.lockstep.strategy;

import java.io.Serializable;

/**
 * What one worker adds to a common update.
 *
 * @param result what the gradient is of
 * @param sum float32 [parameterCount], summed over the worker's examples; all 0 if it had none
 */
record WorkerGradient(WorkerResult result, float[] sum) implements Serializable {}
