/**
 * Batch prediction of pictures, and of rows of tables, over Spark. What all rooms below know: a
 * {@link dev.lockstep.predict.PictureFile} was found; a {@link
 * dev.lockstep.predict.PicturePredictor} with a {@link dev.lockstep.predict.PictureModel} makes of
 * it a {@link dev.lockstep.predict.PicturePrediction} for a {@link
 * dev.lockstep.predict.PredictionSink}, such as the {@link dev.lockstep.predict.TallyBuilder} of a
 * {@link dev.lockstep.predict.PictureTally}. {@link dev.lockstep.predict.PredictionProgress}
 * watches, {@link dev.lockstep.predict.Thumbnails} shows; a {@link
 * dev.lockstep.predict.PredictError} is what the user is told. {@link
 * dev.lockstep.predict.PictureModels} makes one of a saved model.
 *
 * <p>Likewise a {@link dev.lockstep.predict.TablePredictor} with a {@link
 * dev.lockstep.predict.TableModel} makes a {@link dev.lockstep.predict.TablePrediction} of a row,
 * for a {@link dev.lockstep.predict.TableTally}, which is as that of pictures a {@link
 * dev.lockstep.predict.PredictionTally}.
 *
 * <p>In order of use: {@code listing} finds pictures and what they show, {@code plan} says which
 * task predicts which of them and runs it ({@code PredictionRun} and {@code TableRun}, where
 * callers start), {@code output} stores what comes of it. This package knows none of them.
 */
package dev.lockstep.predict;
