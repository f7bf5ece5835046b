/** Examples in Parquet files, read by ranges of rows. */
package dev.lockstep.data.parquet;
