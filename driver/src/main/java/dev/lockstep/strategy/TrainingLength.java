package dev.lockstep.strategy;

import java.io.Serializable;

/** How long to train. */
public sealed interface TrainingLength extends Serializable {

  /** Each example that many times. */
  record Epochs(int epochs) implements TrainingLength {
    public Epochs {
      positive("epochs", epochs);
    }
  }

  /** That many minibatches, over all workers together. */
  record Steps(long steps) implements TrainingLength {
    public Steps {
      positive("steps", steps);
    }
  }

  private static void positive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, not " + value);
    }
  }
}
