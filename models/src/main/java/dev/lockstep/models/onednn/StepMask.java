package dev.lockstep.models.onednn;

import java.io.Serializable;

/**
 * Which steps of a minibatch's sequences count, as the lengths and the mask of an input tell.
 *
 * @param input which of the network's
 * @param reversed whether the sequences come from their last step to their first
 */
record StepMask(int input, Kind kind, boolean reversed) implements Serializable {

  /** What counts. */
  enum Kind {
    /** The steps that an example has, times its mask. */
    PRESENT,
    /** As many as the longest example of the minibatch has: DL4J cuts there. */
    LONGEST
  }

  static StepMask present(int input) {
    return new StepMask(input, Kind.PRESENT, false);
  }

  StepMask longest() {
    return new StepMask(input, Kind.LONGEST, reversed);
  }

  StepMask reverse() {
    return new StepMask(input, kind, !reversed);
  }

  /**
   * Writes 0 or 1, or what the data's mask says.
   *
   * @param part of a row that has the sequences
   * @param rows float32 [size, rowLength]
   * @param offset of the part in a row
   * @param factors receives float32 [size, steps]
   */
  void write(SequencePart part, float[] rows, int rowLength, int size, float[] factors) {
    int steps = part.steps();
    int longest = part.longest(rows, rowLength, size);
    for (int row = 0; row < size; row++) {
      int from = row * rowLength;
      int count = kind == Kind.LONGEST ? longest : part.count(rows, from);
      for (int step = 0; step < steps; step++) {
        float factor = step >= count ? 0 : kind == Kind.LONGEST ? 1 : part.factor(rows, from, step);
        factors[row * steps + (reversed ? steps - 1 - step : step)] = factor;
      }
    }
  }
}
