/**
 * Batch prediction of pictures over Spark: a {@link dev.lockstep.predict.PredictionRun} reads all
 * pictures with a {@link dev.lockstep.predict.PictureModel}, compares them with {@link
 * dev.lockstep.predict.Labels} where there are any, and writes a {@link
 * dev.lockstep.predict.PredictionOutput} in an {@link dev.lockstep.predict.OutputFormat}. A {@link
 * dev.lockstep.predict.PictureTally} counts, {@link dev.lockstep.predict.PredictionProgress}
 * watches, {@link dev.lockstep.predict.Thumbnails} shows; a {@link
 * dev.lockstep.predict.PredictError} is what the user is told.
 */
package dev.lockstep.predict;
