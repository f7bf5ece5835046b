/**
 * Event files that TensorBoard reads. The messages are TensorFlow's own, which ND4J brings; those
 * that it does not bring are encoded field by field.
 */
package dev.lockstep.report.tensorboard;
