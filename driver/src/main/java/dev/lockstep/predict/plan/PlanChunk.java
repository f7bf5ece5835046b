package dev.lockstep.predict.plan;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.io.Serializable;

/**
 * Examples that one task predicts and commits at once.
 *
 * @param number in the order of paths, from 0
 * @param file where the names of pictures are, or the table whose rows they are
 * @param offset of the names, or rows, in bytes; of rows of Parquet the number of the first
 * @param length likewise
 * @param examples how many
 * @param before how many lines of a table come before
 */
record PlanChunk(
    int number,
    String file,
    long offset,
    long length,
    @JsonAlias("pictures") long examples,
    long before)
    implements Serializable {

  PlanChunk numbered(int newNumber) {
    return new PlanChunk(newNumber, file, offset, length, examples, before);
  }

  /** The name of the file that says that it is done. */
  String recordName() {
    return "%06d.json".formatted(number);
  }
}
