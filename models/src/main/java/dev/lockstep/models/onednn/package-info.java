/**
 * The local step of convolutional, recurrent and residual networks on oneDNN.
 *
 * <p>{@link dev.lockstep.models.onednn.OneDnnProvider} has a {@code PlanReader} make a {@code Plan}
 * of DL4J's configuration: {@code Operation}s on numbered values, each layer's kind read in {@code
 * LayerReaders}. For each size of minibatch a {@code NetworkPass} lets the operations leave in an
 * {@code Assembly} what is to be run in each {@code Phase}, and then runs that, step by step,
 * without allocating.
 */
package dev.lockstep.models.onednn;
