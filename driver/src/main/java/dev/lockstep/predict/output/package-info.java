/**
 * Predictions on a file system. A {@link dev.lockstep.predict.output.PredictionOutput} is the
 * folder; a {@link dev.lockstep.predict.output.PartOutput} writes what comes of one chunk there, in
 * an {@link dev.lockstep.predict.output.OutputFormat}, as rows of {@link
 * dev.lockstep.predict.output.OutputColumn}s.
 */
package dev.lockstep.predict.output;
