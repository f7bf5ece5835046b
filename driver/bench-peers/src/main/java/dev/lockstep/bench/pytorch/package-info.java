/**
 * PyTorch, through the Deep Java Library, as a peer of {@code lockstep bench}: {@link
 * dev.lockstep.bench.pytorch.PyTorchPeer}, found by {@code ServiceLoader}.
 */
package dev.lockstep.bench.pytorch;
