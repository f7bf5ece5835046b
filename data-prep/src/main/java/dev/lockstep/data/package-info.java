/**
 * Labelled examples, whatever they come from. A {@link dev.lockstep.data.DataLocation} says which
 * data is meant; a {@link dev.lockstep.data.DataFormat} opens it as a {@link
 * dev.lockstep.data.DataSource}, which has a {@link dev.lockstep.data.Schema} and gives {@link
 * dev.lockstep.data.Example}s in RDDs; workers hold them in {@link
 * dev.lockstep.data.ExampleBlock}s, normalised by a {@link dev.lockstep.data.Normalisation}. Knows
 * Spark, not DL4J. The packages below know this one, and it knows none of them.
 *
 * <p>A new kind of data implements {@code DataSource} and {@code DataFormat}; what helps it: {@link
 * dev.lockstep.data.DataFiles}, {@link dev.lockstep.data.Deal}, {@link
 * dev.lockstep.data.LabelSurvey}, {@link dev.lockstep.data.ClassNumbers}, {@link
 * dev.lockstep.data.Reject}.
 */
package dev.lockstep.data;
