/**
 * The arithmetic of a training step beside its products of matrices, on float arrays: what DL4J's
 * configuration names, read by {@link dev.lockstep.models.math.Dl4jParts}, shared by the engines.
 *
 * <p>In order of use in a step: {@link dev.lockstep.models.math.ActivationFunction} and {@link
 * dev.lockstep.models.math.Loss}; the {@link dev.lockstep.models.math.GradientReduction} over the
 * minibatch; {@link dev.lockstep.models.math.Penalty} and {@link
 * dev.lockstep.models.math.UpdateRule}.
 */
package dev.lockstep.models.math;
