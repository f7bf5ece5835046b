/**
 * Parquet files, read by ranges of rows: {@link dev.lockstep.data.parquet.ParquetFormat} reads
 * tables of any origin and prepared examples, which {@link
 * dev.lockstep.data.parquet.ParquetExampleWriter} writes.
 */
package dev.lockstep.data.parquet;
