/**
 * Lockstep as a training master of DL4J's Spark layer: a {@link
 * dev.lockstep.master.LockstepTrainingMaster}, made by its {@link
 * dev.lockstep.master.MasterBuilder}, takes the place of DL4J's own in {@code SparkDl4jMultiLayer}
 * and {@code SparkComputationGraph}.
 */
package dev.lockstep.master;
