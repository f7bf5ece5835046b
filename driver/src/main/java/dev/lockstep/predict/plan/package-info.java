/**
 * Who predicts what, and what is left to do: a {@link dev.lockstep.predict.plan.PredictionRun}
 * reads all pictures with a model, a {@link dev.lockstep.predict.plan.TableRun} all rows of a
 * table, and both write down in chunks what is to be done, so that a run that was stopped goes on
 * where it was.
 */
package dev.lockstep.predict.plan;
