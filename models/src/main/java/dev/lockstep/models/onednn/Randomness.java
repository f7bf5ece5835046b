package dev.lockstep.models.onednn;

import dev.lockstep.models.math.Dropout;
import dev.lockstep.models.math.FlatUpdater;
import dev.lockstep.models.math.InputNoise;

/** What is random inside the steps of one replica: a pure function of the seed. */
final class Randomness {
  private final FlatUpdater updater;
  private long seed;
  private long steps;

  /**
   * @param updater which knows what schedules ask for
   */
  Randomness(FlatUpdater updater) {
    this.updater = updater;
  }

  /** From here on everything follows from this seed. */
  void seed(long value) {
    seed = value;
    steps = 0;
  }

  /**
   * A seed for this step.
   *
   * @param place in the network, so that each has its own
   */
  long at(int place) {
    return Dropout.seed(seed, steps, place);
  }

  /** A step was made. */
  void next() {
    steps++;
  }

  /**
   * Writes factors and shifts.
   *
   * @param place in the network, so that each has its own
   */
  void draw(InputNoise noise, float[] factors, float[] shifts, int place) {
    noise.draw(factors, shifts, at(place), updater.updates(), updater.epoch());
  }
}
