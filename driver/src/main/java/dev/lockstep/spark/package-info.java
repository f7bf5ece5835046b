/**
 * What needs Spark's internals, or Scala's collections; nothing else does, so that another version
 * of Spark is met here. Jobs: {@link dev.lockstep.spark.TaskSlots} says how many tasks can run, a
 * {@link dev.lockstep.spark.SlotWatch} looks at them while a {@link dev.lockstep.spark.SparkJob}
 * runs, or a {@link dev.lockstep.spark.Crew} of tasks that are given their partitions while they
 * run; it ends as a {@link dev.lockstep.spark.JobFailure} or as a {@link
 * dev.lockstep.spark.ClusterException}. {@link dev.lockstep.spark.LostExecutors} tells why some
 * were lost; an {@link dev.lockstep.spark.ApplicationAttempt} is which driver of an application
 * this one is. {@link dev.lockstep.spark.LocalDirs} are where Spark has its files. {@code
 * SparkLine} is what is not the same for all lines of Spark, in a folder of sources for each, and
 * {@link dev.lockstep.spark.SparkVersion} what runs. Messages: a {@link dev.lockstep.spark.Wire}
 * between executors, a {@link dev.lockstep.spark.Desk} in the driver, where tasks ask. {@link
 * dev.lockstep.spark.Metrics} are seen in Spark's metrics system; {@link
 * dev.lockstep.spark.TaskCounts} tell how far tasks are; {@link dev.lockstep.spark.ScalaLists} are
 * Scala's; {@link dev.lockstep.spark.Interruption} hears Ctrl-C through Spark, which hears it too;
 * {@link dev.lockstep.spark.LibraryOutput} is what threads print that fail because all ends.
 */
package dev.lockstep.spark;
