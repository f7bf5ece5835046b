/**
 * Event files that TensorBoard reads: {@link dev.lockstep.report.tensorboard.TensorBoard} writes a
 * run while it goes on, {@link dev.lockstep.report.tensorboard.ComparisonEvents} several as an
 * experiment. The messages are TensorFlow's own, which ND4J brings; those that it does not bring
 * are encoded field by field.
 */
package dev.lockstep.report.tensorboard;
