/**
 * DL4J's DataSets as workers hold them: a {@link dev.lockstep.dataset.Packing} brings each to the
 * heap, {@link dev.lockstep.dataset.DataSetShards} deals their examples to workers.
 *
 * <p>Packed, each is a {@link dev.lockstep.dataset.PackedDataSet}; {@link
 * dev.lockstep.dataset.Failures} tells what failed in a task as if it had failed in the driver.
 */
package dev.lockstep.dataset;
