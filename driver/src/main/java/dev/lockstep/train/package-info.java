/**
 * A training run. {@link dev.lockstep.train.Training} is the door: a network, data, settings,
 * {@code run()}, which gives a {@link dev.lockstep.train.TrainedModel}; {@code prepare()} stops
 * before anything is trained, with a {@link dev.lockstep.train.PreparedRun}. {@link
 * dev.lockstep.train.RunListener}s watch; {@link dev.lockstep.train.EarlyStopping}, {@link
 * dev.lockstep.train.Cadence} and {@link dev.lockstep.train.LossScale} are settings; an {@link
 * dev.lockstep.train.Evaluation} is how a model does; {@link dev.lockstep.train.Checkpoint}s are
 * what a run is resumed from. {@link dev.lockstep.train.TrainingRun} is the engine: segment after
 * segment, and what has to happen between them.
 */
package dev.lockstep.train;
