package dev.lockstep.data;

import java.util.Arrays;

/** How a network has the class of an example: what it learns, and what its outputs mean. */
public enum ClassCoding {
  /** One value a class: 1 for the example's own, 0 for the others; outputs are probabilities. */
  ONE_HOT,
  /** One value for two classes, 0 or 1: the probability of the second. */
  ZERO_ONE,
  /** One value for two classes, −1 or 1: 0 is the border between them. */
  MINUS_PLUS;

  /** How many classes one value tells apart. */
  public static final int BINARY = 2;

  /** How many values an example's class is. */
  int length(int classes) {
    return this == ONE_HOT ? classes : 1;
  }

  /** Writes an example's class. */
  void write(int number, int classes, float[] labels, int from) {
    switch (this) {
      case ONE_HOT -> {
        Arrays.fill(labels, from, from + classes, 0f);
        labels[from + number] = 1f;
      }
      case ZERO_ONE -> labels[from] = number;
      case MINUS_PLUS -> labels[from] = 2f * number - 1;
    }
  }

  /**
   * What outputs say of each class, by its number: above a half for the one that was recognised.
   *
   * @param outputs of a network, one example after the other
   * @return as many for each example as there are classes, 0..1; of {@link #ONE_HOT} the outputs
   *     themselves
   */
  public float[] probabilities(float[] outputs) {
    if (this == ONE_HOT) {
      return outputs;
    }
    float[] both = new float[BINARY * outputs.length];
    for (int i = 0; i < outputs.length; i++) {
      float second = this == ZERO_ONE ? outputs[i] : (outputs[i] + 1) / 2;
      second = Math.max(0, Math.min(1, second));
      both[BINARY * i] = 1 - second;
      both[BINARY * i + 1] = second;
    }
    return both;
  }
}
