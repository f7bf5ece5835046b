/** Files to labelled examples in RDDs: IDX, image folders, CSV, Parquet. Knows Spark, not DL4J. */
package dev.lockstep.data;
