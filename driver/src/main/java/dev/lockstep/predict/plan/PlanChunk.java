package dev.lockstep.predict.plan;

import java.io.Serializable;

/**
 * Pictures that one task predicts and commits at once.
 *
 * @param number in the order of paths, from 0
 * @param file where their names are
 * @param offset of the names, in bytes
 * @param length of the names, in bytes
 * @param pictures how many
 */
record PlanChunk(int number, String file, long offset, long length, int pictures)
    implements Serializable {

  PlanChunk numbered(int newNumber) {
    return new PlanChunk(newNumber, file, offset, length, pictures);
  }

  /** The name of the file that says that it is done. */
  String recordName() {
    return "%06d.json".formatted(number);
  }
}
