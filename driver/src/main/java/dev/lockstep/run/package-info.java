/**
 * What is left of a run that somebody started by a command: a {@link
 * dev.lockstep.run.ModelDirectory} with the model, {@link dev.lockstep.run.Reports}, which are kept
 * while it trains, and {@link dev.lockstep.run.RunArtifacts}, which are written in the end. A
 * {@link dev.lockstep.run.RunAttempt} goes on where an earlier one of its application was. What
 * cannot be written is a {@link dev.lockstep.run.RunError}.
 */
package dev.lockstep.run;
