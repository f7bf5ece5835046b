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
public record EarlyStopping(Monitor monitor, double minDelta, int patience) {

  /** Which way is better. */
  public enum Mode {
    MIN,
    MAX
  }

  /** What is looked at. */
  public enum Monitor {
    /** Accuracy where there are classes, else the loss. */
    AUTO(Mode.MAX, score -> score.hasAccuracy() ? score.accuracy() : -score.loss()),
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

  /** Ends a run after so many validations, at least 1, that brought nothing better. */
  public static EarlyStopping patience(int validations) {
    return new EarlyStopping(Monitor.AUTO, 0, validations);
  }

  /** Looking at something else. */
  public EarlyStopping monitor(Monitor other) {
    return new EarlyStopping(other, minDelta, patience);
  }

  /** Where only more than so much, at least 0, counts as better. */
  public EarlyStopping byMoreThan(double delta) {
    return new EarlyStopping(monitor, delta, patience);
  }

  /**
   * The rule for some data.
   *
   * @param classes how many it has; 0 if it has numbers, or several labels of an example
   * @throws IllegalArgumentException if it looks at the accuracy of what has no classes
   */
  public EarlyStopping on(int classes) {
    if (classes == 0 && monitor == Monitor.ACCURACY) {
      throw new IllegalArgumentException(
          "early stopping by accuracy needs classes, found numbers: let it monitor the loss");
    }
    return monitor == Monitor.AUTO ? monitor(classes > 0 ? Monitor.ACCURACY : Monitor.LOSS) : this;
  }

  public EarlyStopping {
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
