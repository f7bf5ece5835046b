package dev.lockstep.data;

import java.util.Arrays;

/** How a network has the class of an example: what it learns, and what its outputs mean. */
public enum ClassCoding {
  /** One value a class: 1 for the example's own, 0 for the others; outputs are probabilities. */
  ONE_HOT,
  /** The same at each step of a sequence, which has a class at each: [classes, steps]. */
  EACH_STEP,
  /** One value for two classes, 0 or 1: the probability of the second. */
  ZERO_ONE,
  /** One value for two classes, −1 or 1: 0 is the border between them. */
  MINUS_PLUS;

  /** How many classes one value tells apart. */
  public static final int BINARY = 2;

  /** How many values an example's class is. */
  int length(int classes) {
    return isOneHot() ? classes : 1;
  }

  private boolean isOneHot() {
    return this == ONE_HOT || this == EACH_STEP;
  }

  /** Whether it is of any number of classes, else of two. */
  boolean fits(int classes) {
    return isOneHot() || classes == BINARY;
  }

  /**
   * Writes an example's class, or classes.
   *
   * @param numbers of the classes of its steps, from {@code at} on
   */
  void write(float[] numbers, int at, int classes, int steps, float[] labels, int from) {
    int number = (int) numbers[at];
    switch (this) {
      case ONE_HOT, EACH_STEP -> {
        Arrays.fill(labels, from, from + classes * steps, 0f);
        for (int step = 0; step < steps; step++) {
          labels[from + (int) numbers[at + step] * steps + step] = 1f;
        }
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
    if (isOneHot()) {
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
