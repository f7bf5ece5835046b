/** PyTorch, through the Deep Java Library, as a peer of {@code lockstep bench}. */
package dev.lockstep.bench.pytorch;
