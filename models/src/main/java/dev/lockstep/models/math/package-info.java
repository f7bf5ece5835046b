/**
 * The arithmetic of a training step beside its products of matrices, on float arrays, shared by the
 * engines: it computes what DL4J's configuration names, as DL4J does.
 *
 * <p>In order of use. Where an engine reads a network: {@link
 * dev.lockstep.models.math.ActivationFunction#of} and {@link dev.lockstep.models.math.Loss#of} of
 * its layers, {@link dev.lockstep.models.math.Dropout#of} or {@link
 * dev.lockstep.models.math.InputNoise#of} of their inputs, and {@link
 * dev.lockstep.models.math.TrainedParameter#of} of each array of parameters, which with a {@link
 * dev.lockstep.models.math.GradientReduction} make {@link dev.lockstep.models.math.UpdateSettings}.
 * All are serializable, and travel to where training is; what they do not know is an {@link
 * dev.lockstep.models.UnsupportedNetwork}. In a step: dropout and activation on the way forward,
 * the loss with its {@link dev.lockstep.models.math.LossMask}, activation and dropout on the way
 * back, and a {@link dev.lockstep.models.math.FlatUpdater}.
 */
package dev.lockstep.models.math;
