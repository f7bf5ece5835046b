package dev.lockstep.data.parquet;

import java.io.Serializable;

/**
 * Rows of one file that a task reads.
 *
 * @param before how many rows the files before have
 * @param from the number of the first in the file
 * @param to the number after the last
 */
record RowRange(ParquetFile part, long before, long from, long to) implements Serializable {}
