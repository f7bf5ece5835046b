package dev.lockstep.data.parquet;

import java.io.Serializable;

/**
 * Rows of one file that a task reads.
 *
 * @param from the number of the first in the file
 * @param to the number after the last
 */
record RowRange(ParquetPart part, long from, long to) implements Serializable {}
