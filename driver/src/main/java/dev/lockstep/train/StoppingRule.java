package dev.lockstep.train;

import java.util.function.ToDoubleFunction;

/**
 * When to stop training that no longer gets better on validation data (Prechelt 1998, "Early
 * stopping – but when?").
 *
 * @param monitor what is looked at
 * @param minDelta how much better counts as better, at least 0
 * @param patience how many validations in a row may bring nothing better, at least 1
 */
public record StoppingRule(Monitor monitor, double minDelta, int patience) {

  /** Which way is better. */
  public enum Mode {
    MIN,
    MAX
  }

  /** What is looked at. */
  public enum Monitor {
    ACCURACY(Mode.MAX, Score::accuracy),
    LOSS(Mode.MIN, Score::loss);

    private final Mode mode;
    private final ToDoubleFunction<Score> value;

    Monitor(Mode mode, ToDoubleFunction<Score> value) {
      this.mode = mode;
      this.value = value;
    }
  }

  /**
   * What has been seen so far; checkpoints keep it.
   *
   * @param best the best value, NaN before the first
   * @param bestSteps the steps after which it was seen
   * @param waited validations since then
   */
  public record Seen(double best, long bestSteps, int waited) {
    /** Nothing yet. */
    public static final Seen NOTHING = new Seen(Double.NaN, 0, 0);
  }

  public StoppingRule {
    if (!(minDelta >= 0)) {
      throw new IllegalArgumentException("minDelta must be at least 0, not " + minDelta);
    }
    if (patience < 1) {
      throw new IllegalArgumentException("patience must be at least 1, not " + patience);
    }
  }

  /** What has been seen after one more validation. */
  Seen after(Seen seen, Score score, long steps) {
    double value = monitor.value.applyAsDouble(score);
    double gain = monitor.mode == Mode.MAX ? value - seen.best() : seen.best() - value;
    return Double.isNaN(seen.best()) || gain > minDelta
        ? new Seen(value, steps, 0)
        : new Seen(seen.best(), seen.bestSteps(), seen.waited() + 1);
  }

  /** Whether to stop. */
  boolean stops(Seen seen) {
    return seen.waited() >= patience;
  }
}
