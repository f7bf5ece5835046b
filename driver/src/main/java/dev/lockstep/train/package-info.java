/**
 * A training run. {@link dev.lockstep.train.Training} is the door: a network, data, settings,
 * {@code run()}, which gives a {@link dev.lockstep.train.TrainedModel}; {@code prepare()} stops
 * before anything is trained, with a {@link dev.lockstep.train.PreparedRun}. {@link
 * dev.lockstep.train.RunListener}s watch; {@link dev.lockstep.train.EarlyStopping}, {@link
 * dev.lockstep.train.Cadence}, {@link dev.lockstep.train.LossScale} and {@link
 * dev.lockstep.train.NormalisationChoice} are settings; an {@link dev.lockstep.train.Evaluation} is
 * how a model does; {@link dev.lockstep.train.Checkpoint}s are what a run is resumed from, in a
 * {@link dev.lockstep.train.HadoopCheckpointFolder} if need be. {@link
 * dev.lockstep.train.TrainingRun} is the engine: segment after segment, and what has to happen
 * between them.
 *
 * <p>{@link dev.lockstep.train.TrainingRun} gives a {@link dev.lockstep.train.RunResult}, and tells
 * listeners, who are one to it ({@link dev.lockstep.train.Listeners}), a {@link
 * dev.lockstep.train.RoundReport} with its {@link dev.lockstep.train.RoundTime}. Data is looked at
 * by {@link dev.lockstep.train.DistributedEvaluation}, in groups by {@link
 * dev.lockstep.train.GroupedEvaluation}, in {@link dev.lockstep.train.Validation} as a {@link
 * dev.lockstep.train.Score}, with which a {@link dev.lockstep.train.BestModel} stops early; of
 * classes there is a {@link dev.lockstep.train.ConfusionMatrix} and each {@link
 * dev.lockstep.train.Prediction}, of several labels {@link dev.lockstep.train.LabelCounts}, of
 * numbers {@link dev.lockstep.train.TargetErrors}. {@link dev.lockstep.train.ModelInputs} are what
 * is saved with a model of its data; {@link dev.lockstep.train.OnnxExport} is a saved model for
 * other programs. a {@link dev.lockstep.train.SingleTask} trains a run of several workers in one
 * task; a {@link dev.lockstep.train.SeenPicture} is what augmentation makes of one. What ends a
 * run: {@link dev.lockstep.train.DivergenceException}, {@link dev.lockstep.train.CannotResume}.
 */
package dev.lockstep.train;
