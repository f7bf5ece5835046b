package dev.lockstep.models.onednn;

import dev.lockstep.models.ExampleLayout.Part;
import java.io.Serializable;

/**
 * The part of an example's row that has an array of sequences, with its length and its mask, if it
 * has any.
 *
 * @param steps how many the longest sequence of all data has
 * @param offset where it begins in the row
 */
record SequencePart(Part part, int steps, int offset) implements Serializable {

  /** Whether all sequences are of one length and count in every step. */
  boolean isPlain() {
    return part.mask() == null && !part.values().varies();
  }

  /** How many steps an example has. */
  int count(float[] rows, int from) {
    return part.values().varies() ? (int) rows[from + offset + part.stepsOffset()] : steps;
  }

  /** How many steps the longest example of a minibatch has. */
  int longest(float[] rows, int rowLength, int size) {
    int longest = 1;
    for (int row = 0; row < size; row++) {
      longest = Math.max(longest, count(rows, row * rowLength));
    }
    return longest;
  }

  /** How much a step counts that an example has. */
  float factor(float[] rows, int from, int step) {
    return part.mask() == null ? 1 : rows[from + offset + part.maskOffset() + step];
  }
}
