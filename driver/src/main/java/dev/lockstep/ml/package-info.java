/**
 * Training and prediction as stages of Spark ML pipelines. Estimators, {@link
 * dev.lockstep.ml.LockstepClassifier} and {@link dev.lockstep.ml.LockstepRegressor}, both a {@link
 * dev.lockstep.ml.LockstepEstimator}, are fitted to a DataFrame and give a {@link
 * dev.lockstep.ml.LockstepModel}, a transformer, which is saved and loaded like Spark's own; its
 * {@link dev.lockstep.ml.TrainingSummary} says how it was trained.
 *
 * <p>{@link dev.lockstep.ml.SparkClassifier} and its {@link
 * dev.lockstep.ml.SparkClassificationModel} are a classifier and its model as Spark's own kind, for
 * {@code OneVsRest}.
 *
 * <p>Their parameters, by what they are about: {@link dev.lockstep.ml.NetworkParams} which network,
 * {@link dev.lockstep.ml.TrainingParams} how it is trained, {@link dev.lockstep.ml.RunParams} what
 * is looked at and kept meanwhile, {@link dev.lockstep.ml.ColumnParams} and {@link
 * dev.lockstep.ml.ProbabilityParams} which columns are read and written.
 */
package dev.lockstep.ml;
