/**
 * DL4J's DataSets as workers hold them: a {@link dev.lockstep.dataset.Packing} brings each to the
 * heap, {@link dev.lockstep.dataset.DataSetShards} deals their examples to workers.
 */
package dev.lockstep.dataset;
