/**
 * What needs Spark's internals. A user's program names {@link
 * dev.lockstep.spark.LockstepRegistrator} where its serializer is Kryo.
 */
package dev.lockstep.spark;
