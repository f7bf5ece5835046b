package dev.lockstep.dataset;

import org.apache.spark.api.java.function.Function;

/** Brings an element of an RDD to the heap. */
public interface Packing<T> extends Function<T, PackedDataSet> {}
