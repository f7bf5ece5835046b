package dev.lockstep.strategy;

import java.io.Serializable;
import java.util.Locale;

/**
 * How learning rates change while training: a factor of each parameter's own rate. Counted in
 * examples, as passes over all of them, so that it does not depend on the number of workers.
 *
 * @param shape after the warm-up and during it
 * @param warmup in how many epochs rates rise evenly from 0 to what the shape says (Goyal et al.
 *     2017, section 2.2), 0 for at once
 */
public record LearningRates(Shape shape, double warmup) implements Serializable {
  private static final String WARMUP = "+warmup:";

  /** As the network says. */
  public static final LearningRates CONSTANT = new LearningRates(new Constant(), 0);

  public LearningRates {
    if (!(warmup >= 0 && Double.isFinite(warmup))) {
      throw new IllegalArgumentException("warmup must be at least 0 epochs, not " + warmup);
    }
  }

  /** Without warm-up. */
  public static LearningRates of(Shape shape) {
    return new LearningRates(shape, 0);
  }

  /**
   * With the warm-up that a learning rate wants, unless the shape begins low itself.
   *
   * @param warmup epochs
   */
  public static LearningRates usual(Shape shape, double warmup) {
    return new LearningRates(shape, shape instanceof OneCycle ? 0 : warmup);
  }

  /** The same after a warm-up of so many epochs. */
  public LearningRates withWarmup(double epochs) {
    return new LearningRates(shape, epochs);
  }

  /** A factor over time. */
  public sealed interface Shape extends Serializable {
    /**
     * The factor.
     *
     * @param epochs trained so far
     * @param all that the run has
     */
    double factor(double epochs, double all);
  }

  /** Always 1. */
  public record Constant() implements Shape {
    @Override
    public double factor(double epochs, double all) {
      return 1;
    }

    @Override
    public String toString() {
      return "constant";
    }
  }

  /**
   * Times {@code by} after every so many epochs.
   *
   * @param every more than 0
   * @param by more than 0
   */
  public record Step(double every, double by) implements Shape {
    public Step {
      expectPositive("epochs between two steps of the learning rate", every);
      expectPositive("a step of the learning rate", by);
    }

    @Override
    public double factor(double epochs, double all) {
      return Math.pow(by, Math.floor(epochs / every));
    }

    @Override
    public String toString() {
      return "step:%s:%s".formatted(every, by);
    }
  }

  /**
   * Half a cosine from 1 down (Loshchilov and Hutter 2017, equation 5, without restarts).
   *
   * @param floor what it ends at, from 0 to below 1
   */
  public record Cosine(double floor) implements Shape {
    public Cosine {
      if (!(floor >= 0 && floor < 1)) {
        throw new IllegalArgumentException(
            "what a cosine ends at must be from 0 to below 1, not " + floor);
      }
    }

    @Override
    public double factor(double epochs, double all) {
      return between(1, floor, epochs / all);
    }

    @Override
    public String toString() {
      return floor == 0 ? "cosine" : "cosine:" + floor;
    }
  }

  /**
   * Up from a 25th by half a cosine in the first 30 %, then down to a 10,000th of that (Smith and
   * Topin 2018, "Super-convergence"; in this form Gugger's).
   */
  public record OneCycle() implements Shape {
    private static final double RISE = 0.3;
    private static final double FIRST = 1.0 / 25;
    private static final double LAST = FIRST / 10_000;

    @Override
    public double factor(double epochs, double all) {
      double part = epochs / all;
      return part < RISE
          ? between(FIRST, 1, part / RISE)
          : between(1, LAST, (part - RISE) / (1 - RISE));
    }

    @Override
    public String toString() {
      return "one-cycle";
    }
  }

  private static double between(double from, double to, double part) {
    return to + (from - to) * (1 + Math.cos(Math.PI * Math.min(1, part))) / 2;
  }

  private static void expectPositive(String what, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException("%s must be more than 0, not %s".formatted(what, value));
    }
  }

  /**
   * Reads a shape as users write it: {@code constant}, {@code step:EPOCHS:FACTOR}, {@code cosine},
   * {@code cosine:FLOOR} or {@code one-cycle}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Shape shape(String text) {
    String[] parts = text.toLowerCase(Locale.ROOT).split(":", -1);
    try {
      String form = parts[0] + parts.length;
      switch (form) {
        case "constant1":
          return new Constant();
        case "step3":
          return new Step(Double.parseDouble(parts[1]), Double.parseDouble(parts[2]));
        case "cosine1":
          return new Cosine(0);
        case "cosine2":
          return new Cosine(Double.parseDouble(parts[1]));
        case "one-cycle1":
          return new OneCycle();
        default:
          break;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new IllegalArgumentException(
        "expected constant, step:EPOCHS:FACTOR, cosine, cosine:FLOOR or one-cycle, found '%s'"
            .formatted(text));
  }

  /**
   * Reads a shape and a warm-up: what {@link #shape} reads, or that and {@code +warmup:EPOCHS}.
   *
   * @param warmup as of {@link #usual}, where the text has none
   * @throws IllegalArgumentException if it is neither
   */
  public static LearningRates of(String text, double warmup) {
    int at = text.indexOf(WARMUP);
    if (at < 0) {
      return usual(shape(text), warmup);
    }
    String epochs = text.substring(at + WARMUP.length());
    try {
      return new LearningRates(shape(text.substring(0, at)), Double.parseDouble(epochs));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "expected a number of epochs after %s, found '%s'".formatted(WARMUP, epochs), e);
    }
  }

  /**
   * The factor for what workers train in a slot: as in its middle.
   *
   * @param schedule of the run
   */
  double factor(Schedule schedule, long slot) {
    if (equals(CONSTANT)) {
      return 1;
    }
    double examples = schedule.examples();
    double epochs = (schedule.examples(slot) + schedule.examples(slot + 1)) / 2.0 / examples;
    double risen = warmup == 0 ? 1 : Math.min(1, epochs / warmup);
    return risen * shape.factor(epochs, schedule.examples(schedule.slots()) / examples);
  }

  /** As users write it. */
  @Override
  public String toString() {
    return warmup == 0 ? shape.toString() : "%s, warmup %s".formatted(shape, warmup);
  }
}
