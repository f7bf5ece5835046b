/**
 * What needs Spark's internals. A user's program names {@link
 * dev.lockstep.spark.LockstepRegistrator} where its serializer is Kryo. {@link
 * dev.lockstep.spark.Interruption} hears Ctrl-C through Spark, which hears it too.
 */
package dev.lockstep.spark;
