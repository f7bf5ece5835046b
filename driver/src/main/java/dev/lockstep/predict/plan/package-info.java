/**
 * Who predicts what, and what is left to do: a {@link dev.lockstep.predict.plan.PredictionRun}
 * reads all pictures with a model, and writes down in chunks what is to be done, so that a run that
 * was stopped goes on where it was.
 */
package dev.lockstep.predict.plan;
