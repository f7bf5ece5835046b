package dev.lockstep.master;

import org.apache.spark.api.java.function.Function;

/** Brings an element of an RDD to the heap. */
interface Packing<T> extends Function<T, PackedDataSet> {}
