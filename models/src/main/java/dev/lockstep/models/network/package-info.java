/**
 * Definitions of networks: {@link dev.lockstep.models.network.TutorialNetworks} with a named {@link
 * dev.lockstep.models.network.Optimizer} and its {@link dev.lockstep.models.network.MomentDecays},
 * {@link dev.lockstep.models.network.NetworkTuning} of one that somebody brings, {@link
 * dev.lockstep.models.network.FineTuning} of a trained one, {@link
 * dev.lockstep.models.network.GradientClipping} of its steps, {@link
 * dev.lockstep.models.network.ClassWeights} in its loss, {@link
 * dev.lockstep.models.network.ExampleNetwork}, those that come with Lockstep, {@link
 * dev.lockstep.models.network.DenseNetwork}, one that is made for data, and {@link
 * dev.lockstep.models.network.NetworkOutline}, what there is to show of any.
 */
package dev.lockstep.models.network;
